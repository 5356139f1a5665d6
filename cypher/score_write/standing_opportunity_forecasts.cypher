// name: score_write.standing_opportunity_forecasts  params: task, ids  access: read  sees: all
// What is forecast of these for a task.
UNWIND $ids AS asked
MATCH (n:Opportunity {opportunity_id: asked})-[:FORECAST]->(f:Forecast)
WHERE f.task = $task
RETURN asked AS subject, f.forecast_id AS id, f.model_id AS model_id, f.value AS value
ORDER BY f.as_of DESC, f.forecast_id
