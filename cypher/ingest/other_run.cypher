// name: ingest.other_run  params: kept  access: read  sees: all
// A load that the graph has and that is none of these.
MATCH (r:Run)
WHERE r.kind = 'ingest' AND r.status <> 'reverted' AND NOT r.run_id IN $kept
RETURN r.run_id AS run_id
LIMIT 1
