// name: score_write.old_scores  params: task, keep, as_of  access: read  sees: all
// Scores of a task beyond the newest few of each customer, and those as of a later moment.
MATCH (c:Customer)-[:SCORED]->(s:RiskScore)
WHERE s.task = $task
WITH c, s, s.as_of > datetime($as_of) AS later
ORDER BY c.customer_id, s.scored_at DESC, s.score_id DESC
WITH c, collect(CASE WHEN later THEN s.score_id END) AS after, collect(CASE WHEN later THEN NULL ELSE s.score_id END) AS scores
UNWIND after + scores[$keep..] AS score_id
RETURN score_id
