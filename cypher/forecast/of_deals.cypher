// name: forecast.of_deals  params: ids  access: read  sees: viewer  slots: label, key
// What models expect of these deals or leads.
UNWIND $ids AS asked
MATCH (n:{{label}} { {{key}}: asked})-[:FORECAST]->(f:Forecast)
WHERE {{linked_in_scope n}}
RETURN n.{{key}} AS record_id, f {.forecast_id, .task, .model_id, .scored_at, .as_of, .horizon_days, .unit, .value, .low, .high, .currency} AS forecast
ORDER BY record_id, f.task
