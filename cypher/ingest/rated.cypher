// name: ingest.rated  params: run_id  access: read  sees: all
// The worst and the best rating that tickets got, as the last derive left them.
MATCH (r:Run {run_id: $run_id})
RETURN r.report AS range
