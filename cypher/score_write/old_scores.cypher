// name: score_write.old_scores  params: task, keep  access: read  sees: all
// Scores of a task beyond the newest few of each customer.
MATCH (c:Customer)-[:SCORED]->(s:RiskScore)
WHERE s.task = $task
WITH c, s ORDER BY c.customer_id, s.scored_at DESC, s.score_id DESC
WITH c, collect(s.score_id) AS scores
WHERE size(scores) > $keep
UNWIND scores[$keep..] AS score_id
RETURN score_id
