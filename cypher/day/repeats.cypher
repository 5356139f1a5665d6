// name: day.repeats  params: customer_ids, since, as_of, least  access: read  sees: viewer
// What each customer bought again and again since a day: orders of a product, the first and the last.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})-[:PLACED]->(o:Order)-[:CONTAINS]->(p:Product)
WHERE o.ordered_at > datetime($since) AND o.ordered_at <= datetime($as_of) AND o.kind = 'sale'
WITH c, p, count(DISTINCT o) AS orders, min(o.ordered_at) AS first_at, max(o.ordered_at) AS last_at
WHERE orders >= $least
RETURN c.customer_id AS customer_id, p.product_id AS product_id, p.name AS product_name, orders, first_at, last_at
ORDER BY customer_id, product_id
