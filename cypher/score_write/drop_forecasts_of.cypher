// name: score_write.drop_forecasts_of  params: task, limit  access: write  sees: all
// Forecasts of a task are deleted, a batch at a time.
MATCH (f:Forecast)
WHERE f.task = $task
WITH f LIMIT $limit
DETACH DELETE f
RETURN count(*) AS withdrawn
