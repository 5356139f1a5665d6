// name: score_write.forecasts_of  params: task  access: read  sees: all
// The forecasts of a task that stand.
MATCH (f:Forecast)
WHERE f.task = $task AND f.until IS NULL
RETURN f.forecast_id AS id
