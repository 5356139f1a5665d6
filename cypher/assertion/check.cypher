// name: assertion.check  params: contact_id, opportunity_id, customer_id, employee_id, now  access: read
WITH datetime($now) AS t
OPTIONAL MATCH (p:Contact {contact_id: $contact_id})
OPTIONAL MATCH (o:Opportunity {opportunity_id: $opportunity_id})
OPTIONAL MATCH (x:Customer {customer_id: $customer_id})
RETURN p.contact_id AS contact_id, o.opportunity_id AS opportunity_id, x.customer_id AS customer_id,
  EXISTS { MATCH (e:Employee {employee_id: $employee_id}) } AS employee,
  COLLECT { MATCH (:Opportunity {opportunity_id: $opportunity_id})-[:FOR]->(c:Customer) RETURN c.customer_id } AS sold_to,
  COLLECT {
    MATCH (:Contact {contact_id: $contact_id})-[w:WORKS_AT]->(c:Customer)
    WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
      AND coalesce(w.known_from, w.valid_from) <= t AND (w.known_to IS NULL OR w.known_to > t)
    RETURN c.customer_id
  } AS works_at
