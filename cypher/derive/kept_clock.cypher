// name: derive.kept_clock  params: -  access: read  sees: viewer
// The now that the last load chose, with its reason; nothing in a graph that no load has filled.
MATCH (r:Run {run_id: 'clock'})
RETURN r.report AS report
