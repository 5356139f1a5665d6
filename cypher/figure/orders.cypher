// name: figure.orders  params: id, since, until, as_of, sales, limit  access: read  sees: viewer
// Orders of a customer after `since` and until `until` that stand at as_of, newest first; $sales: without returns.
MATCH (c:Customer {customer_id: $id})
WITH c, datetime($since) AS s, datetime($until) AS u, datetime($as_of) AS t WHERE {{in_scope c}}
MATCH (c)-[:PLACED]->(n:Order)
WHERE n.ordered_at > s AND n.ordered_at <= u AND n.ordered_at <= t AND {{standing_at n t}}
  AND (NOT $sales OR coalesce(n.kind, 'sale') <> 'return')
RETURN 'Order' AS kind, n.order_id AS record_id, n.ordered_at AS at
ORDER BY at DESC, record_id DESC LIMIT $limit
