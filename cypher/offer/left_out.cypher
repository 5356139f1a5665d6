// name: offer.left_out  params: customer_ids, product_ids, as_of  access: read  sees: viewer
// Which of the products each customer has bought, or dismissed when they were offered.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WHERE {{in_scope c}}
WITH c, datetime($as_of) AS t
RETURN c.customer_id AS customer_id,
  COLLECT { MATCH (c)-[:BOUGHT]->(p:Product) WHERE p.product_id IN $product_ids RETURN p.product_id } AS bought,
  COLLECT {
    MATCH (c)-[o:OFFERED]->(p:Product)
    WHERE p.product_id IN $product_ids AND o.outcome = 'dismissed' AND {{true_at o t}} AND {{seen_by_viewer o}}
    RETURN DISTINCT p.product_id
  } AS dismissed
