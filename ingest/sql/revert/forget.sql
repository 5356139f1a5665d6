-- name: revert.forget  params: database_id  relations: ledger, pending
DELETE FROM {{ledger}}
WHERE database_id = $database_id AND item IN (SELECT item FROM {{pending}})
