-- name: ledger.of_batch  params: database_id, run_id, first, last  relations: pending
SELECT $database_id AS database_id, kind, item, hash, $run_id AS run_id
FROM {{pending}}
WHERE seq BETWEEN $first AND $last
