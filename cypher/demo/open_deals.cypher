// name: demo.open_deals  params: -  access: read  sees: company
// Each customer's largest open opportunity: the one whose chain is read when none is named.
MATCH (o:Opportunity)-[:FOR]->(c:Customer)
WHERE o.ended_at IS NULL AND o.closed_at IS NULL AND o.outcome IS NULL
RETURN DISTINCT c.customer_id AS customer_id
ORDER BY customer_id
