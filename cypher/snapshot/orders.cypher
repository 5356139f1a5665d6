// name: snapshot.orders  params: since, before  access: read  sees: company
// Orders placed in [since, before).
MATCH (c:Customer)-[:PLACED]->(o:Order)
WHERE o.ordered_at >= datetime($since) AND o.ordered_at < datetime($before)
RETURN o.order_id AS order_id, c.customer_id AS customer_id, o.kind AS kind, o.amount AS amount, o.ordered_at.epochMillis AS at
