// name: offer.products  params: product_ids, customer_id, as_of  access: read  sees: viewer
// Products as they are shown; whether this customer bought them, or dismissed them when they were offered.
UNWIND $product_ids AS asked
MATCH (p:Product {product_id: asked})
WITH p, datetime($as_of) AS t
WHERE {{on_sale p t}}
RETURN p {.product_id, .name, .family, .list_price, .currency, .url, .image} AS product,
  COLLECT { MATCH (c:Customer {customer_id: $customer_id})-[b:BOUGHT]->(p) WHERE {{in_scope c}} RETURN b.orders LIMIT 1 } AS bought,
  COLLECT { MATCH (c:Customer {customer_id: $customer_id}) WHERE {{in_scope c}} AND {{dismissed c p t}} RETURN c.customer_id } AS dismissed
