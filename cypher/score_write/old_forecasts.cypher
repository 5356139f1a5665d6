// name: score_write.old_forecasts  params: task, keep, as_of  access: read  sees: all
// Forecasts of a task beyond the newest few of each record, and those as of a later moment.
MATCH (f:Forecast)<-[:FORECAST]-(n)
WHERE f.task = $task
WITH n, f, f.as_of > datetime($as_of) AS later
ORDER BY f.as_of DESC, f.scored_at DESC, f.forecast_id DESC
WITH n, collect(CASE WHEN later THEN f.forecast_id END) AS after, collect(CASE WHEN later THEN NULL ELSE f.forecast_id END) AS told
UNWIND after + told[$keep..] AS forecast_id
RETURN forecast_id
