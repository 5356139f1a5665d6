-- name: revert.of_run  params: run_id  relations: rewritten
SELECT *
FROM {{rewritten}}
WHERE run_id = $run_id
