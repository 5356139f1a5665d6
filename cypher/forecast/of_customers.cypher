// name: forecast.of_customers  params: ids, as_of, scope  access: read  sees: viewer
// What models expect of these customers. After a merge there may be two of a task until the next scoring: the newer counts. `whole`: reasons that name other customers may be told, since whoever asks sees all rows.
UNWIND $ids AS asked
MATCH (c:Customer {customer_id: asked})-[:FORECAST]->(f:Forecast)
WITH c, f, datetime($as_of) AS t
WHERE f.until IS NULL AND {{in_scope c}} AND {{standing_at c t}}
WITH c, f ORDER BY f.as_of DESC, f.forecast_id
WITH c.customer_id AS record_id, f.task AS task, head(collect(f)) AS f
RETURN record_id, f {.forecast_id, .task, .model_id, .scored_at, .as_of, .horizon_days, .unit, .value, .low, .high, .currency, .reasons, whole: $scope.all} AS forecast
ORDER BY record_id, task
