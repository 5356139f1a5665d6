// name: run.newest  params: most  access: read  sees: all
// Loads, reverts and rounds of work, the newest first.
MATCH (r:Run)
WHERE r.kind IN ['ingest', 'work', 'revert']
RETURN r.run_id AS run_id, r.kind AS kind, r.status AS status, r.started_at AS started_at,
  r.finished_at AS finished_at, r.report AS report
ORDER BY r.started_at DESC, r.run_id
LIMIT $most
