// name: search.found  params: as_of, customers, contacts, employees, products, deals, orders, invoices, quotes, contracts, tickets, leads, campaigns, items  access: read  sees: viewer
// What was found by the index, as the viewer may see it: a contact only by a job that the viewer may see.
MATCH (n:Customer) WHERE n.customer_id IN $customers
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}} AND {{in_scope n}}
RETURN 'Customer' AS label, n.customer_id AS id, n.name AS name, n.city AS detail, [n {.customer_id, .name}] AS companies
UNION ALL
MATCH (n:Contact) WHERE n.contact_id IN $contacts
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}} AND {{contact_in_scope n t}}
WITH n, t, COLLECT {
  MATCH (n)-[w:WORKS_AT]->(c:Customer) WHERE {{known_at w t}} AND {{seen_by_viewer w}}
  RETURN c {.customer_id, .name, title: w.title} ORDER BY w.valid_to IS NOT NULL, w.valid_from DESC, c.customer_id LIMIT 3
} AS jobs
WHERE size(jobs) > 0
RETURN 'Contact' AS label, n.contact_id AS id, n.name AS name, n.email AS detail, jobs AS companies
UNION ALL
MATCH (n:Employee) WHERE n.employee_id IN $employees
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}}
RETURN 'Employee' AS label, n.employee_id AS id, n.name AS name, n.team AS detail, [] AS companies
UNION ALL
MATCH (n:Product) WHERE n.product_id IN $products
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}}
RETURN 'Product' AS label, n.product_id AS id, n.name AS name, n.family AS detail, [] AS companies
UNION ALL
MATCH (n:Opportunity) WHERE n.opportunity_id IN $deals
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}} AND {{linked_in_scope n}}
RETURN 'Opportunity' AS label, n.opportunity_id AS id, n.name AS name, n.stage AS detail,
  COLLECT { MATCH (n)-[:FOR]->(c:Customer) WHERE {{in_scope c}} RETURN c {.customer_id, .name} LIMIT 3 } AS companies
UNION ALL
MATCH (n:Order) WHERE n.order_id IN $orders
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}} AND {{linked_in_scope n}} AND n.ordered_at <= t
RETURN 'Order' AS label, n.order_id AS id, NULL AS name, n.status AS detail,
  COLLECT { MATCH (n)<-[:PLACED]-(c:Customer) WHERE {{in_scope c}} RETURN c {.customer_id, .name} LIMIT 3 } AS companies
UNION ALL
MATCH (n:Invoice) WHERE n.invoice_id IN $invoices
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}} AND {{linked_in_scope n}} AND n.issued_at <= t
RETURN 'Invoice' AS label, n.invoice_id AS id, NULL AS name, n.status AS detail,
  COLLECT { MATCH (n)-[:FOR]->(c:Customer) WHERE {{in_scope c}} RETURN c {.customer_id, .name} LIMIT 3 } AS companies
UNION ALL
MATCH (n:Quote) WHERE n.quote_id IN $quotes
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}} AND {{linked_in_scope n}} AND n.quoted_at <= t
RETURN 'Quote' AS label, n.quote_id AS id, n.name AS name, n.status AS detail,
  COLLECT { MATCH (n)-[:FOR]->(c:Customer) WHERE {{in_scope c}} RETURN c {.customer_id, .name} LIMIT 3 } AS companies
UNION ALL
MATCH (n:Contract) WHERE n.contract_id IN $contracts
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}} AND {{linked_in_scope n}}
RETURN 'Contract' AS label, n.contract_id AS id, n.name AS name, n.renewal AS detail,
  COLLECT { MATCH (n)-[:FOR]->(c:Customer) WHERE {{in_scope c}} RETURN c {.customer_id, .name} LIMIT 3 } AS companies
UNION ALL
MATCH (n:Ticket) WHERE n.ticket_id IN $tickets
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}} AND {{linked_in_scope n}} AND n.opened_at <= t
RETURN 'Ticket' AS label, n.ticket_id AS id, n.subject AS name, n.status AS detail,
  COLLECT { MATCH (n)-[:FOR]->(c:Customer) WHERE {{in_scope c}} RETURN c {.customer_id, .name} LIMIT 3 } AS companies
UNION ALL
MATCH (n:Lead) WHERE n.lead_id IN $leads
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}} AND {{linked_in_scope n}}
RETURN 'Lead' AS label, n.lead_id AS id, n.name AS name, n.stage AS detail,
  COLLECT { MATCH (n)-[:FOR]->(c:Customer) WHERE {{in_scope c}} RETURN c {.customer_id, .name} LIMIT 3 } AS companies
UNION ALL
MATCH (n:Campaign) WHERE n.campaign_id IN $campaigns
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}}
RETURN 'Campaign' AS label, n.campaign_id AS id, n.name AS name, n.channel AS detail, [] AS companies
UNION ALL
MATCH (n:Item) WHERE n.item_id IN $items
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}} AND {{item_in_scope n t}}
RETURN 'Item' AS label, n.item_id AS id, n.name AS name, n.kind AS detail, COLLECT {
  MATCH (n)-[l:LINKED_TO]->(c:Customer) WHERE {{true_at l t}} AND {{seen_by_viewer l}} AND {{in_scope c}}
  RETURN c {.customer_id, .name} LIMIT 3
} AS companies
