// name: derive.bought  params: customer_ids, now  access: read  sees: company
// Net of returns: their lines carry negative quantities and amounts. No amount where it has several currencies.
MATCH (c:Customer) WHERE c.customer_id IN $customer_ids
MATCH (c)-[:PLACED]->(o:Order)-[l:CONTAINS]->(p:Product)
WHERE o.ordered_at <= datetime($now) AND o.ended_at IS NULL
WITH c.customer_id AS customer_id, p.product_id AS product_id, l, coalesce(o.currency, '') AS currency,
  CASE WHEN o.kind = 'return' OR l.quantity < 0 THEN NULL ELSE o.order_id END AS sale,
  CASE WHEN o.kind = 'return' OR l.quantity < 0 THEN NULL ELSE o.ordered_at END AS sold_at
WITH customer_id, product_id, count(DISTINCT sale) AS orders, sum(coalesce(l.quantity, 1.0)) AS quantity,
  sum(coalesce(l.amount, 0.0)) AS amount, count(DISTINCT currency) AS currencies,
  min(sold_at) AS first_at, max(sold_at) AS last_at
RETURN customer_id, product_id, orders, quantity, CASE WHEN currencies > 1 THEN NULL ELSE amount END AS amount,
  toString(first_at) AS first_at, toString(last_at) AS last_at
