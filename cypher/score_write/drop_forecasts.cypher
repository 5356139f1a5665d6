// name: score_write.drop_forecasts  params: ids  access: write  sees: all
UNWIND $ids AS dropped
MATCH (f:Forecast {forecast_id: dropped})
DETACH DELETE f
RETURN count(*) AS dropped
