// name: derive.faded_ties  params: now  access: read  sees: all
// Ties that have grown too faint to keep though nobody met.
MATCH (a:Contact|Employee)-[k:KNOWS]->(b:Contact|Employee)
WHERE k.source = 'derive' AND k.fades_at <= datetime($now)
RETURN CASE WHEN b.employee_id IS NULL THEN 'Contact' ELSE 'Employee' END AS end_label,
  coalesce(b.employee_id, b.contact_id) AS end_id, k.fact_id AS fact_id
