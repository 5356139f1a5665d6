-- name: revert.written  params: run_id  relations: pending
SELECT $run_id AS run_id, kind, name, start_label, end_label, item, body, hash
FROM {{pending}}
ORDER BY seq
