// name: ingest.any_run  params: -  access: read  sees: all
MATCH (r:Run)
WHERE r.kind IN ['ingest', 'revert']
RETURN r.run_id AS run_id
LIMIT 1
