// name: snapshot.interests  params: before  access: read  sees: company
// Products that opportunities and tickets are about.
MATCH (o:Opportunity)-[:ABOUT]->(p:Product)
WHERE o.opened_at < datetime($before)
RETURN 'opportunity' AS kind, o.opportunity_id AS source_id, p.product_id AS product_id
UNION ALL
MATCH (t:Ticket)-[:ABOUT]->(p:Product)
WHERE t.opened_at < datetime($before)
RETURN 'ticket' AS kind, t.ticket_id AS source_id, p.product_id AS product_id
