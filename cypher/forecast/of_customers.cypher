// name: forecast.of_customers  params: ids  access: read  sees: viewer
// What models expect of these customers.
UNWIND $ids AS asked
MATCH (c:Customer {customer_id: asked})-[:FORECAST]->(f:Forecast)
WHERE {{in_scope c}}
RETURN c.customer_id AS record_id, f {.forecast_id, .task, .model_id, .scored_at, .as_of, .horizon_days, .unit, .value, .low, .high, .currency} AS forecast
ORDER BY record_id, f.task
