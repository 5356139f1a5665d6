// name: score_write.end_scores_of  params: task, as_of, limit  access: write  sees: all
// Scores of a task that stand end, a batch at a time.
MATCH (s:RiskScore)
WHERE s.task = $task AND (s.until IS NULL OR s.until > datetime($as_of))
WITH s LIMIT $limit
SET s.until = datetime($as_of)
RETURN count(*) AS withdrawn
