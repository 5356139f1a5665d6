-- name: ledger.newest_run  params: database_id  relations: ledger
SELECT max(run_id)
FROM {{ledger}}
WHERE database_id = $database_id
