// name: day.repeats  params: customer_ids, since, as_of, least  access: read  sees: viewer
// What each customer bought again and again since a day, and has not dismissed: when it was ordered.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t
WHERE {{in_scope c}}
MATCH (c)-[:PLACED]->(o:Order)-[:CONTAINS]->(p:Product)
WHERE o.ordered_at > datetime($since) AND o.ordered_at <= t AND coalesce(o.kind, '') <> 'return' AND {{standing_at o t}}
WITH c, p, t, collect(DISTINCT o.ordered_at) AS moments
WHERE size(moments) >= $least AND {{standing_at p t}} AND NOT {{dismissed c p t}}
RETURN c.customer_id AS customer_id, p.product_id AS product_id, p.name AS product_name, p.active AS active, moments
ORDER BY customer_id, product_id
