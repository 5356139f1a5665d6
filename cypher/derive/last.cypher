// name: derive.last  params: -  access: read  sees: viewer
MATCH (r:Run {run_id: 'derive'})
RETURN r.report AS report
