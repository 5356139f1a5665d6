// fragment: customer_part.risk  params: parts
// The churn score that stood at the moment: one of a later moment knows what had not happened yet.
CASE WHEN 'risk' IN $parts THEN COLLECT {
  MATCH (c)-[:SCORED]->(s:RiskScore) WHERE s.task = 'churn' AND s.as_of <= t AND (s.until IS NULL OR s.until > t)
  RETURN s {.score_id, .task, .probability, .percentile, .band, .horizon_days, .scored_at, .as_of, .model_id,
    .reasons}
  ORDER BY s.as_of DESC, s.scored_at DESC, s.score_id DESC
  LIMIT 1
} END AS risk
