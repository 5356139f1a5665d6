// name: snapshot.lines  params: since, before  access: read  sees: company
// Lines of orders placed in [since, before).
MATCH (o:Order)-[r:CONTAINS]->(p:Product)
WHERE o.ordered_at >= datetime($since) AND o.ordered_at < datetime($before)
  AND (o.ended_at IS NULL OR o.ended_at > datetime($before))
RETURN o.order_id AS order_id, p.product_id AS product_id, r.line AS line, r.quantity AS quantity, r.amount AS amount
