-- name: ledger.forget  params: database_id  relations: kept
DELETE FROM {{kept}}
WHERE database_id = $database_id
