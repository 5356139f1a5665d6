// name: weights.proposals  params: -  access: read  sees: company
// All fits of weights, the newest first.
MATCH (r:Run {kind: 'weights'})
RETURN r.report AS report
ORDER BY r.run_id DESC LIMIT 200
