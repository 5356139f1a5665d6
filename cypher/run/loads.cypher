// name: run.loads  params: most  access: read  sees: all
// Loads that changed the graph and stand, the newest first.
MATCH (r:Run)
WHERE r.kind = 'ingest' AND r.status = 'done'
RETURN r.run_id AS run_id, r.started_at AS started_at, r.report AS report
ORDER BY r.started_at DESC, r.run_id
LIMIT $most
