// name: reporting_line.jobs  params: customer_ids, as_of  access: read  sees: viewer
// Who worked at these customers, as far as everybody may see.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t
MATCH (c)<-[w:WORKS_AT]-(p:Contact)
WHERE {{true_at w t}} AND {{seen_by_company w}}
RETURN c.customer_id AS customer_id, p.contact_id AS contact_id, w.fact_id AS fact_id, w.title AS title,
  w.department AS department, w.valid_from AS valid_from, w.valid_to AS valid_to, w.known_from AS known_from,
  w.known_to AS known_to, w.visibility AS visibility, w.owner_id AS owner_id
