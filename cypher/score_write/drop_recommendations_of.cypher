// name: score_write.drop_recommendations_of  params: task, limit  access: write  sees: all
// Suggestions of every model of a task are deleted, a batch at a time.
MATCH (m:Model)
WHERE m.task = $task
WITH collect(m.model_id) AS models
MATCH (r:Recommendation)
WHERE r.model_id IN models
WITH r LIMIT $limit
DETACH DELETE r
RETURN count(*) AS withdrawn
