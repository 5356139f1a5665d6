-- name: revert.note  params: database_id, run_id  relations: pending
SELECT $database_id AS database_id, kind, item, hash, $run_id AS run_id
FROM {{pending}}
