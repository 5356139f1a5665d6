// name: derive.standing_ties  params: -  access: read  sees: all
MATCH (a:Contact|Employee)-[k:KNOWS]->(b:Contact|Employee) WHERE k.source = 'derive'
RETURN CASE WHEN b.employee_id IS NULL THEN 'Contact' ELSE 'Employee' END AS end_label,
  coalesce(b.employee_id, b.contact_id) AS end_id, k.fact_id AS fact_id, k.raw AS raw, k.strength AS strength, k.derived_at AS derived_at,
  k.half_life_days AS half_life_days, k.interactions AS interactions
