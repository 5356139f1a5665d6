// name: derive.parameters  params: as_of  access: read  sees: viewer
// The newest calibration up to the moment; where there was none yet, the first. Before there were calibrations each
// derive kept its own parameters.
MATCH (r:Run)
WHERE r.kind IN ['calibration', 'derive'] AND r.report CONTAINS 'half_life_days'
WITH r, r.finished_at <= datetime($as_of) AS stood
RETURN r.report AS report
ORDER BY CASE WHEN stood THEN 0 ELSE 1 END,
  CASE WHEN stood THEN -r.finished_at.epochMillis ELSE r.finished_at.epochMillis END,
  r.kind, r.run_id DESC
LIMIT 1
