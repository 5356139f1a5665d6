// name: score_write.end_forecasts  params: ids, as_of  access: write  sees: all
UNWIND $ids AS ended
MATCH (f:Forecast {forecast_id: ended})
SET f.until = datetime($as_of)
RETURN count(*) AS ended
