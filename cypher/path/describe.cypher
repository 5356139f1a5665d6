// name: path.describe  params: employee_ids, contact_ids, as_of  access: read  sees: viewer
// Ids of a list are unwound: the embedded engine reads every node of the label otherwise.
WITH datetime($as_of) AS t
RETURN
  COLLECT { UNWIND $employee_ids AS asked
    MATCH (e:Employee {employee_id: asked})
    RETURN {person_id: e.employee_id, name: e.name, title: e.role} } AS employees,
  COLLECT { UNWIND $contact_ids AS asked
    MATCH (p:Contact {contact_id: asked})
    RETURN p {person_id: p.contact_id, .name,
      jobs: COLLECT { MATCH (p)-[w:WORKS_AT]->(c:Customer)
        WHERE {{true_at w t}} AND {{seen_by_viewer w}}
        RETURN {title: w.title, customer_id: c.customer_id, company: c.name, since: w.valid_from} }} } AS contacts
