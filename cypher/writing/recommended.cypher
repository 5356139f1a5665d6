// name: writing.recommended  params: recommendation_id  access: read  sees: viewer
// The customer and the product of a suggestion as it was served.
MATCH (r:Recommendation {recommendation_id: $recommendation_id})-[:FOR]->(c:Customer)
WHERE {{in_scope c}}
MATCH (r)-[:ABOUT]->(p:Product)
RETURN c.customer_id AS customer_id, p.product_id AS product_id, r.model_id AS model_id
