// name: derive.last  params: -  access: read
MATCH (r:Run)
WHERE r.kind = 'derive' AND r.status = 'done'
RETURN r.run_id AS run_id, r.report AS report, r.started_at AS started_at
ORDER BY r.started_at DESC
LIMIT 1
