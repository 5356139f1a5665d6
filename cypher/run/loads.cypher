// name: run.loads  params: most, before, behind  access: read  sees: all
// Loads that changed the graph and stand, the newest first: those before a moment, and of that moment behind an id.
MATCH (r:Run)
WHERE r.kind = 'ingest' AND r.status = 'done'
  AND (r.started_at < datetime($before) OR (r.started_at = datetime($before) AND r.run_id > $behind))
RETURN r.run_id AS run_id, r.started_at AS started_at, r.report AS report
ORDER BY r.started_at DESC, r.run_id
LIMIT $most
