// fragment: customer_part.weights  params: parts
// Every adoption of weights of health, in one report (`graph.weights.standing`).
COLLECT {
  UNWIND [part IN $parts WHERE part = 'weights'] AS asked
  MATCH (r:Run {run_id: 'weights:health'})
  RETURN r.report
} AS weights
