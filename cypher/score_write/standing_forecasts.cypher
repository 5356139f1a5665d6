// name: score_write.standing_forecasts  params: task, ids  access: read  sees: all  slots: label, key
// What is forecast of these for a task and stands.
UNWIND $ids AS asked
MATCH (n:{{label}} { {{key}}: asked})-[:FORECAST]->(f:Forecast)
WHERE f.task = $task AND f.until IS NULL
RETURN asked AS subject, f.forecast_id AS id, f.model_id AS model_id, f.as_of AS as_of, f.value AS value,
  f.low AS low, f.high AS high, f.currency AS currency, f.strongest AS strongest
ORDER BY f.as_of DESC, f.forecast_id
