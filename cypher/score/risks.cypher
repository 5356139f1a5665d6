// name: score.risks  params: customer_ids, task, as_of  access: read
// The newest score of each customer, for lists.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
RETURN asked AS customer_id,
  COLLECT {
    MATCH (c)-[:SCORED]->(s:RiskScore)
    WHERE s.task = $task AND ($as_of IS NULL OR s.as_of <= datetime($as_of))
    RETURN s {.score_id, .task, .probability, .percentile, .band, .horizon_days, .scored_at, .as_of, .model_id,
      .reasons}
    ORDER BY s.as_of DESC, s.scored_at DESC, s.score_id DESC
    LIMIT 1
  } AS risks
