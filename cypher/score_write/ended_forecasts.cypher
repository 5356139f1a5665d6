// name: score_write.ended_forecasts  params: task, as_of, limit  access: read  sees: all
// Forecasts of a task that stand about what its sources had deleted by then, some of them.
MATCH (f:Forecast)<-[:FORECAST]-(n)
WHERE f.task = $task AND f.until IS NULL AND n.ended_at <= datetime($as_of)
RETURN f.forecast_id AS id
LIMIT $limit
