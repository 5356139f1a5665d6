// fragment: customer_part.risk  params: scored_by
// The newest churn score, or the newest made as of scored_by or before: a score is as of the end of the data's last
// day, which is after the data's now.
COLLECT {
  MATCH (c)-[:SCORED]->(s:RiskScore) WHERE s.task = 'churn' AND ($scored_by IS NULL OR s.as_of <= datetime($scored_by))
  RETURN s {.score_id, .task, .probability, .percentile, .band, .horizon_days, .scored_at, .as_of, .model_id,
    .reasons}
  ORDER BY s.as_of DESC, s.scored_at DESC, s.score_id DESC
  LIMIT 1
} AS risk
