// name: search.found  params: as_of, customers, contacts, employees, products, deals, orders, invoices, quotes, contracts, tickets, leads, campaigns, items  access: read  sees: viewer
// What was found by the index, as the viewer may see it: a contact only by a job that the viewer may see.
UNWIND $customers AS asked
MATCH (n:Customer {customer_id: asked})
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}} AND {{in_scope n}}
RETURN 'Customer' AS label, n.customer_id AS id, n.name AS name, n.city AS detail, [n {.customer_id, .name}] AS companies
UNION ALL
UNWIND $contacts AS asked
MATCH (n:Contact {contact_id: asked})
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}} AND {{contact_in_scope n t}}
WITH n, t, COLLECT {
  MATCH (n)-[w:WORKS_AT]->(c:Customer) WHERE {{known_at w t}} AND {{seen_by_viewer w}}
  RETURN c {.customer_id, .name, title: w.title} ORDER BY w.valid_to IS NOT NULL, w.valid_from DESC, c.customer_id LIMIT 3
} AS jobs
WHERE size(jobs) > 0
RETURN 'Contact' AS label, n.contact_id AS id, n.name AS name, n.email AS detail, jobs AS companies
UNION ALL
UNWIND $employees AS asked
MATCH (n:Employee {employee_id: asked})
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}}
RETURN 'Employee' AS label, n.employee_id AS id, n.name AS name, n.team AS detail, [] AS companies
UNION ALL
UNWIND $products AS asked
MATCH (n:Product {product_id: asked})
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}}
RETURN 'Product' AS label, n.product_id AS id, n.name AS name, n.family AS detail, [] AS companies
UNION ALL
UNWIND $deals AS asked
MATCH (n:Opportunity {opportunity_id: asked})
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}} AND {{linked_in_scope n}}
RETURN 'Opportunity' AS label, n.opportunity_id AS id, n.name AS name, n.stage AS detail,
  COLLECT { MATCH (n)-[:FOR]->(c:Customer) WHERE {{in_scope c}} RETURN c {.customer_id, .name} LIMIT 3 } AS companies
UNION ALL
UNWIND $orders AS asked
MATCH (n:Order {order_id: asked})
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}} AND {{linked_in_scope n}} AND n.ordered_at <= t
RETURN 'Order' AS label, n.order_id AS id, NULL AS name, n.status AS detail,
  COLLECT { MATCH (n)<-[:PLACED]-(c:Customer) WHERE {{in_scope c}} RETURN c {.customer_id, .name} LIMIT 3 } AS companies
UNION ALL
UNWIND $invoices AS asked
MATCH (n:Invoice {invoice_id: asked})
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}} AND {{linked_in_scope n}} AND n.issued_at <= t
RETURN 'Invoice' AS label, n.invoice_id AS id, NULL AS name, n.status AS detail,
  COLLECT { MATCH (n)-[:FOR]->(c:Customer) WHERE {{in_scope c}} RETURN c {.customer_id, .name} LIMIT 3 } AS companies
UNION ALL
UNWIND $quotes AS asked
MATCH (n:Quote {quote_id: asked})
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}} AND {{linked_in_scope n}} AND n.quoted_at <= t
RETURN 'Quote' AS label, n.quote_id AS id, n.name AS name, n.status AS detail,
  COLLECT { MATCH (n)-[:FOR]->(c:Customer) WHERE {{in_scope c}} RETURN c {.customer_id, .name} LIMIT 3 } AS companies
UNION ALL
UNWIND $contracts AS asked
MATCH (n:Contract {contract_id: asked})
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}} AND {{linked_in_scope n}}
RETURN 'Contract' AS label, n.contract_id AS id, n.name AS name, n.renewal AS detail,
  COLLECT { MATCH (n)-[:FOR]->(c:Customer) WHERE {{in_scope c}} RETURN c {.customer_id, .name} LIMIT 3 } AS companies
UNION ALL
UNWIND $tickets AS asked
MATCH (n:Ticket {ticket_id: asked})
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}} AND {{linked_in_scope n}} AND n.opened_at <= t
RETURN 'Ticket' AS label, n.ticket_id AS id, n.subject AS name, n.status AS detail,
  COLLECT { MATCH (n)-[:FOR]->(c:Customer) WHERE {{in_scope c}} RETURN c {.customer_id, .name} LIMIT 3 } AS companies
UNION ALL
UNWIND $leads AS asked
MATCH (n:Lead {lead_id: asked})
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}} AND {{linked_in_scope n}}
RETURN 'Lead' AS label, n.lead_id AS id, n.name AS name, n.stage AS detail,
  COLLECT { MATCH (n)-[:FOR]->(c:Customer) WHERE {{in_scope c}} RETURN c {.customer_id, .name} LIMIT 3 } AS companies
UNION ALL
UNWIND $campaigns AS asked
MATCH (n:Campaign {campaign_id: asked})
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}}
RETURN 'Campaign' AS label, n.campaign_id AS id, n.name AS name, n.channel AS detail, [] AS companies
UNION ALL
UNWIND $items AS asked
MATCH (n:Item {item_id: asked})
WITH n, datetime($as_of) AS t WHERE {{standing_at n t}} AND {{item_in_scope n t}}
RETURN 'Item' AS label, n.item_id AS id, n.name AS name, n.kind AS detail, COLLECT {
  MATCH (n)-[l:LINKED_TO]->(c:Customer) WHERE {{true_at l t}} AND {{seen_by_viewer l}} AND {{in_scope c}}
  RETURN c {.customer_id, .name} LIMIT 3
} AS companies
