// name: weights.adopted  params: run_id  access: read  sees: all
// Every adoption of weights, in one report; nothing before the first.
MATCH (r:Run {run_id: $run_id})
RETURN r.report AS report
