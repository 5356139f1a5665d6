// name: offer.popular  params: -  access: read  sees: viewer
// The products that most customers buy, as the last derive left them; a recommendation, where a model made any.
MATCH (r:Run {run_id: 'popular-products'})
RETURN r.report AS report, r.finished_at AS derived_at,
  COLLECT { MATCH (learned:Recommendation) RETURN learned.recommendation_id LIMIT 1 } AS learned
