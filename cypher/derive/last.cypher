// name: derive.last  params: -  access: read
MATCH (r:Run {run_id: 'derive'})
RETURN r.report AS report
