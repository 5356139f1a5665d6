// name: score_write.recommendations_of  params: task  access: read  sees: all
// The suggestions of every model of a task.
MATCH (m:Model)
WHERE m.task = $task
WITH collect(m.model_id) AS models
MATCH (r:Recommendation)
WHERE r.model_id IN models
RETURN r.recommendation_id AS id
