// name: score_write.standing_scores  params: task, customer_ids, as_of  access: read  sees: all
// Scores of these customers that stand as of the moment, newest first.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})-[:SCORED]->(s:RiskScore)
WHERE s.task = $task AND (s.until IS NULL OR s.until > datetime($as_of))
RETURN c.customer_id AS subject, s.score_id AS id, s.model_id AS model_id, s.band AS band, s.probability AS probability,
  s.strongest AS strongest
ORDER BY s.as_of DESC, s.scored_at DESC, s.score_id DESC
