// name: day.repeats  params: customer_ids, since, as_of, least  access: read  sees: viewer
// What each customer bought again and again since a day, and has not dismissed: orders of a product, the first and the
// last.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t
MATCH (c)-[:PLACED]->(o:Order)-[:CONTAINS]->(p:Product)
WHERE o.ordered_at > datetime($since) AND o.ordered_at <= t AND o.kind = 'sale' AND {{standing_at o t}}
WITH c, p, t, count(DISTINCT o) AS orders, min(o.ordered_at) AS first_at, max(o.ordered_at) AS last_at
WHERE orders >= $least AND {{standing_at p t}} AND NOT {{dismissed c p t}}
RETURN c.customer_id AS customer_id, p.product_id AS product_id, p.name AS product_name, orders, first_at, last_at
ORDER BY customer_id, product_id
