// name: derive.standing_ties  params: ids  access: read  sees: all  slots: end, end_key
UNWIND $ids AS asked
MATCH (b:{{end}} { {{end_key}}: asked})<-[k:KNOWS]-(a:Contact|Employee) WHERE k.source = 'derive'
RETURN CASE WHEN a.employee_id IS NULL THEN 'Contact' ELSE 'Employee' END AS start_label,
  coalesce(a.employee_id, a.contact_id) AS start_id, b.{{end_key}} AS end_id, k.fact_id AS fact_id,
  k.digest AS digest
