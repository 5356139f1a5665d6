// name: writing.named  params: contacts, customers, opportunities, employees, products, now  access: read  sees: viewer
// Of the records that an author names those that the author may see: contacts with the jobs that everybody or the
// author may see, opportunities with their customers; `open`: everybody of us may see it.
MATCH (n:Contact) WHERE n.contact_id IN $contacts
WITH n, datetime($now) AS t WHERE {{contact_seen n t}} AND {{contact_in_scope n t}}
RETURN 'Contact' AS label, n.contact_id AS id, {{contact_open n t}} AS open, [] AS customers, COLLECT {
  MATCH (n)-[w:WORKS_AT]->(c:Customer) WHERE {{known_at w t}} AND {{seen_by_viewer w}}
  RETURN w {.fact_id, .title, .seniority, .department, .valid_from, .valid_to, .visibility, .owner_id, .evidence,
    customer_id: c.customer_id}
} AS jobs
UNION ALL
MATCH (n:Customer) WHERE n.customer_id IN $customers AND {{in_scope n}}
RETURN 'Customer' AS label, n.customer_id AS id, true AS open, [] AS customers, [] AS jobs
UNION ALL
MATCH (n:Opportunity) WHERE n.opportunity_id IN $opportunities AND {{deal_in_scope n}}
RETURN 'Opportunity' AS label, n.opportunity_id AS id, true AS open,
  COLLECT { MATCH (n)-[:FOR]->(c:Customer) RETURN c.customer_id } AS customers, [] AS jobs
UNION ALL
MATCH (n:Employee) WHERE n.employee_id IN $employees
RETURN 'Employee' AS label, n.employee_id AS id, true AS open, [] AS customers, [] AS jobs
UNION ALL
MATCH (n:Product) WHERE n.product_id IN $products
RETURN 'Product' AS label, n.product_id AS id, true AS open, [] AS customers, [] AS jobs
