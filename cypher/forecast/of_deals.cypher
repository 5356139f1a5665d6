// name: forecast.of_deals  params: ids, as_of, scope  access: read  sees: viewer  slots: label, key
// What models expect of these deals or leads, as long as their sources have them. `whole`: reasons that name other customers may be told, since whoever asks sees all rows.
UNWIND $ids AS asked
MATCH (n:{{label}} { {{key}}: asked})-[:FORECAST]->(f:Forecast)
WITH n, f, datetime($as_of) AS t
WHERE f.until IS NULL AND ({{linked_in_scope n}}) AND {{standing_at n t}}
RETURN n.{{key}} AS record_id, f {.forecast_id, .task, .model_id, .scored_at, .as_of, .horizon_days, .unit, .value, .low, .high, .currency, .reasons, whole: $scope.all} AS forecast
ORDER BY record_id, f.task
