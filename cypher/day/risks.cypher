// name: day.risks  params: customer_ids, as_of  access: read  sees: viewer
// The churn scores that stood at as_of, where they are high.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t
WITH c, COLLECT {
  MATCH (c)-[:SCORED]->(s:RiskScore)
  WHERE s.task = 'churn' AND s.as_of <= t AND (s.until IS NULL OR s.until > t)
  RETURN s {.score_id, .task, .probability, .percentile, .band, .horizon_days, .scored_at, .as_of, .model_id, .reasons}
  ORDER BY s.as_of DESC, s.scored_at DESC, s.score_id DESC LIMIT 1
} AS scores
UNWIND scores AS score
WITH c, score WHERE score.band = 'high'
RETURN c.customer_id AS customer_id, score AS risk
ORDER BY customer_id
