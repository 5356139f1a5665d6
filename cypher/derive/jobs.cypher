// name: derive.jobs  params: customer_ids  access: read  sees: all
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})<-[w:WORKS_AT]-(p:Contact)
RETURN c.customer_id AS customer_id, p.contact_id AS contact_id, w.fact_id AS fact_id, w.title AS title,
  w.department AS department, w.valid_from AS valid_from, w.valid_to AS valid_to,
  w.known_from AS known_from, w.known_to AS known_to, w.visibility AS visibility, w.owner_id AS owner_id
