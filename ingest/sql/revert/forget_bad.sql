-- name: revert.forget_bad  params: run_id  relations: quarantine
DELETE FROM {{quarantine}}
WHERE run_id = $run_id
