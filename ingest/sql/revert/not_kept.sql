-- name: revert.not_kept  params: database_id, kept  relations: ledger
-- An item of the graph that no kept load has written.
SELECT item
FROM {{ledger}}
WHERE database_id = $database_id AND kind <> 'run' AND NOT list_contains($kept, run_id)
LIMIT 1
