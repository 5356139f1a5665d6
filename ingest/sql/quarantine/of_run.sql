-- name: quarantine.of_run  params: run_id  relations: quarantined
SELECT $run_id AS run_id, dataset, file, row, reason, cells
FROM {{quarantined}}
