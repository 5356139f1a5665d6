// name: derive.bought  params: customer_ids, now  access: read
// Net of returns: their lines carry negative quantities and amounts.
MATCH (c:Customer) WHERE c.customer_id IN $customer_ids
MATCH (c)-[:PLACED]->(o:Order)-[l:CONTAINS]->(p:Product)
WHERE o.ordered_at <= datetime($now)
WITH c.customer_id AS customer_id, p.product_id AS product_id, l,
  CASE WHEN o.kind = 'return' OR l.quantity < 0 THEN NULL ELSE o.order_id END AS sale,
  CASE WHEN o.kind = 'return' OR l.quantity < 0 THEN NULL ELSE o.ordered_at END AS sold_at
RETURN customer_id, product_id, count(DISTINCT sale) AS orders, sum(coalesce(l.quantity, 1.0)) AS quantity,
  sum(coalesce(l.amount, 0.0)) AS amount, 
  toString(min(sold_at)) AS first_at, toString(max(sold_at)) AS last_at
