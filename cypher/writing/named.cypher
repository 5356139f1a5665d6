// name: writing.named  params: contacts, customers, opportunities, employees, products, now  access: read  sees: viewer
// Of the records that an author names those that the author may see: contacts with the jobs that everybody or the
// author may see, opportunities with their customers; `open`: everybody of us may see it.
UNWIND $contacts AS asked
MATCH (n:Contact {contact_id: asked})
WITH n, datetime($now) AS t WHERE {{contact_seen n t}} AND {{contact_in_scope n t}}
RETURN 'Contact' AS label, n.contact_id AS id, {{contact_open n t}} AS open, [] AS customers, COLLECT {
  MATCH (n)-[w:WORKS_AT]->(c:Customer) WHERE {{known_at w t}} AND {{seen_by_viewer w}}
  RETURN w {.fact_id, .title, .seniority, .department, .valid_from, .valid_to, .visibility, .owner_id, .evidence,
    customer_id: c.customer_id}
} AS jobs
UNION ALL
UNWIND $customers AS asked
MATCH (n:Customer {customer_id: asked}) WHERE {{in_scope n}}
RETURN 'Customer' AS label, n.customer_id AS id, true AS open, [] AS customers, [] AS jobs
UNION ALL
UNWIND $opportunities AS asked
MATCH (n:Opportunity {opportunity_id: asked}) WHERE {{deal_in_scope n}}
RETURN 'Opportunity' AS label, n.opportunity_id AS id, true AS open,
  COLLECT { MATCH (n)-[:FOR]->(c:Customer) RETURN c.customer_id } AS customers, [] AS jobs
UNION ALL
UNWIND $employees AS asked
MATCH (n:Employee {employee_id: asked})
RETURN 'Employee' AS label, n.employee_id AS id, true AS open, [] AS customers, [] AS jobs
UNION ALL
UNWIND $products AS asked
MATCH (n:Product {product_id: asked})
RETURN 'Product' AS label, n.product_id AS id, true AS open, [] AS customers, [] AS jobs
