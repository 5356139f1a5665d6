-- name: revert.noted_run  params: database_id, run_id  relations: -
-- The revert itself, so that the ledger is believed only where the graph has it.
SELECT $database_id AS database_id, 'run' AS kind, 'Run|' || $run_id AS item, '' AS hash, $run_id AS run_id
