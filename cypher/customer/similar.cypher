// name: customer.similar  params: customer_ids, as_of  access: read  sees: viewer
// The customers that the last scoring placed nearest to each, nearest first, with the products of both; whoever ended
// or is out of sight is left out.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t, c.embedding_near AS near, c.embedding_nearness AS nearness
WHERE near IS NOT NULL AND {{in_scope c}}
WITH c, t, near, nearness, COLLECT { MATCH (c)-[:BOUGHT]->(p:Product) RETURN p.product_id } AS products
UNWIND range(0, size(near) - 1) AS place
WITH c, t, near[place] AS other, nearness[place] AS similarity, place, products
MATCH (o:Customer {customer_id: other})
WHERE {{standing_at o t}} AND {{in_scope o}}
RETURN c.customer_id AS customer_id, o.customer_id AS other_id, similarity, place, products,
  c.industry AS industry, c.country AS country, o.name AS other_name, o.industry AS other_industry,
  o.country AS other_country,
  COLLECT { MATCH (o)-[:BOUGHT]->(p:Product) RETURN p.product_id } AS other_products
ORDER BY customer_id, place
