// name: quality.measurements  params: now, limit, scope  access: read  sees: viewer
// The newest measurements of the data as a whole up to now (one may be dated ahead); they tell shares of fields and no
// value, and only whoever sees all rows.
WITH datetime($now) AS t
MATCH (m:QualityMeasurement)
WHERE $scope.all AND m.at <= t
RETURN m.measurement_id AS measurement_id, m.at AS at, m.measured_at AS measured_at, m.measures AS measures
ORDER BY at DESC, measured_at DESC LIMIT $limit
