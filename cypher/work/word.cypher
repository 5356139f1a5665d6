// name: work.word  params: -  access: read  sees: viewer
// What the worker said of itself last.
MATCH (r:Run {run_id: 'work'})
RETURN r.report AS report
