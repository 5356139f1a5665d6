// name: reporting_line.employers  params: contact_ids, as_of  access: read  sees: viewer
// Where these people worked, as far as everybody may see.
UNWIND $contact_ids AS asked
MATCH (p:Contact {contact_id: asked})
WITH p, datetime($as_of) AS t
MATCH (p)-[w:WORKS_AT]->(c:Customer)
WHERE {{true_at w t}} AND {{seen_by_company w}}
RETURN DISTINCT c.customer_id AS customer_id
