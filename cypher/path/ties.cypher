// name: path.ties  params: employees, contacts, as_of, least_raw  access: read  sees: viewer
// Ties of the given people {id, floor}, decayed to as_of; weaker than the person's floor or least_raw stay out.
UNWIND $employees AS asked
MATCH (n:Employee {employee_id: asked.id})-[k:KNOWS]-(m:Contact|Employee)
WHERE k.strength >= asked.floor AND k.raw >= $least_raw AND coalesce(m.active, true) AND {{seen_by_viewer k}}
WITH n, k, m, asked, datetime($as_of) AS t
WITH n, k, m, asked, {{raw_weight k t}} AS raw, {{strength k t}} AS strength
WHERE raw >= $least_raw AND strength >= asked.floor
RETURN 'Employee' AS kind, n.employee_id AS id, CASE WHEN m.employee_id IS NULL THEN 'Contact' ELSE 'Employee' END AS other_kind,
  coalesce(m.employee_id, m.contact_id) AS other_id, strength, k.fact_id AS fact_id
UNION ALL
UNWIND $contacts AS asked
MATCH (n:Contact {contact_id: asked.id})-[k:KNOWS]-(m:Contact|Employee)
WHERE k.strength >= asked.floor AND k.raw >= $least_raw AND coalesce(m.active, true) AND {{seen_by_viewer k}}
WITH n, k, m, asked, datetime($as_of) AS t
WITH n, k, m, asked, {{raw_weight k t}} AS raw, {{strength k t}} AS strength
WHERE raw >= $least_raw AND strength >= asked.floor
RETURN 'Contact' AS kind, n.contact_id AS id, CASE WHEN m.employee_id IS NULL THEN 'Contact' ELSE 'Employee' END AS other_kind,
  coalesce(m.employee_id, m.contact_id) AS other_id, strength, k.fact_id AS fact_id
