// name: assertion.check  params: contact_id, opportunity_id, customer_id, employee_id, now  access: read  sees: viewer
WITH datetime($now) AS t
OPTIONAL MATCH (p:Contact {contact_id: $contact_id})
OPTIONAL MATCH (o:Opportunity {opportunity_id: $opportunity_id})
OPTIONAL MATCH (x:Customer {customer_id: $customer_id})
RETURN p.contact_id AS contact_id, o.opportunity_id AS opportunity_id, x.customer_id AS customer_id,
  EXISTS { MATCH (e:Employee {employee_id: $employee_id}) } AS employee,
  COLLECT { MATCH (:Opportunity {opportunity_id: $opportunity_id})-[:FOR]->(c:Customer) RETURN c.customer_id } AS sold_to,
  COLLECT {
    MATCH (:Contact {contact_id: $contact_id})-[w:WORKS_AT]->(c:Customer)
    WHERE {{true_at w t}} AND {{seen_by_viewer w}}
    RETURN w {.visibility, .owner_id, customer_id: c.customer_id}
  } AS jobs
