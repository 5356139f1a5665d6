// name: ingest.run  params: run_id  access: read  sees: all
MATCH (r:Run {run_id: $run_id})
RETURN r.run_id AS run_id, r.status AS status
