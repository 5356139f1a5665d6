// name: score_write.scores_of  params: task, as_of  access: read  sees: all
// The scores of a task that stand.
MATCH (s:RiskScore)
WHERE s.task = $task AND (s.until IS NULL OR s.until > datetime($as_of))
RETURN s.score_id AS id
