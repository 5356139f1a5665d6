MATCH (c:Customer {customer_id: $customer_id})<-[:FOR]-(r:Recommendation)-[:ABOUT]->(p:Product)
RETURN r {.rank, .probability, .reasons, .model_id, product_id: p.product_id, name: p.name, family: p.family,
  list_price: p.list_price, currency: p.currency} AS suggestion
ORDER BY r.scored_at DESC, r.rank, r.recommendation_id
LIMIT $limit
