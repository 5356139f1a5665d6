// name: explore.knows  params: now  access: read  sees: company
// Every tie between one of us and one of theirs, with its strength as of now.
MATCH (e:Employee)-[k:KNOWS]->(p:Contact)
WHERE {{seen_by_company k}}
WITH e, p, k, datetime($now) AS t
RETURN e.employee_id AS employee_id, e.name AS employee, p.contact_id AS contact_id, p.name AS contact,
  {{strength k t}} AS strength, k.interactions AS interactions, k.last_at AS last_at
ORDER BY employee_id, contact_id
