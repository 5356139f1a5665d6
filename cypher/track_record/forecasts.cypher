// name: track_record.forecasts  params: ids  access: read  sees: all  slots: label, key
// Every forecast about these that is kept, whoever they are by now.
UNWIND $ids AS asked
MATCH (n:{{label}} { {{key}}: asked})-[:FORECAST]->(f:Forecast)
RETURN n.{{key}} AS record_id, f.forecast_id AS forecast_id, f.task AS task, f.model_id AS model_id, f.as_of AS as_of,
  f.horizon_days AS horizon_days, f.unit AS unit, f.value AS value, f.low AS low, f.high AS high, f.currency AS currency
ORDER BY record_id, as_of, forecast_id
