// name: derive.standing_calibration  params: -  access: read  sees: all
MATCH (r:Run) WHERE r.kind = 'calibration'
RETURN r.report AS report
ORDER BY r.run_id DESC LIMIT 1
