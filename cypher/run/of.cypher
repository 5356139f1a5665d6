// name: run.of  params: run_id  access: read  sees: all
// One load, revert or round of work.
MATCH (r:Run {run_id: $run_id})
WHERE r.kind IN ['ingest', 'work', 'revert']
RETURN r.run_id AS run_id, r.kind AS kind, r.status AS status, r.started_at AS started_at,
  r.finished_at AS finished_at, r.report AS report
