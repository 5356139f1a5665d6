// name: explore.ties  params: customer_id, now  access: read  sees: company
MATCH (p:Contact)-[w:WORKS_AT]->(c:Customer {customer_id: $customer_id})
WHERE w.valid_to IS NULL AND {{seen_by_company w}}
WITH DISTINCT p, datetime($now) AS t
MATCH (e:Employee)-[k:KNOWS]->(p)
WHERE {{seen_by_company k}}
RETURN e.employee_id AS employee_id, e.name AS employee, p.contact_id AS contact_id, p.name AS contact,
  {{strength k t}} AS strength, k.interactions AS interactions, k.last_at AS last_at
ORDER BY strength DESC, employee_id, contact_id
