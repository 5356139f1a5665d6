// name: score_write.forecasts_of  params: task  access: read  sees: all
// The forecasts of a task.
MATCH (f:Forecast)
WHERE f.task = $task
RETURN f.forecast_id AS id
