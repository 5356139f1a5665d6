// name: feed.runs  params: limit  access: read  sees: viewer
// The newest loads and rounds of work: how they stand, without what they report.
MATCH (r:Run)
WHERE r.kind IN ['ingest', 'work']
RETURN r.run_id AS run_id, r.kind AS kind, r.status AS status, r.started_at AS started_at, r.finished_at AS finished_at
ORDER BY r.started_at DESC, r.run_id
LIMIT $limit
