// name: score.risk  params: customer_id, task, as_of  access: read
MATCH (c:Customer {customer_id: $customer_id})-[:SCORED]->(s:RiskScore)
WHERE s.task = $task AND ($as_of IS NULL OR s.as_of <= datetime($as_of))
RETURN s {.score_id, .task, .probability, .percentile, .band, .horizon_days, .scored_at, .as_of, .model_id,
  .reasons} AS risk
ORDER BY s.as_of DESC, s.scored_at DESC, s.score_id DESC
LIMIT 1
