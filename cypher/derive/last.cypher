// name: derive.last  params: -  access: read  sees: viewer
// What the last derive left. Graphs of before that have a run for each derive, and none of this id.
MATCH (r:Run {run_id: 'derive'})
RETURN r.report AS report, r.status AS status
