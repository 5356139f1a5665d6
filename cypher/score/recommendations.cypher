// name: score.recommendations  params: customer_id, limit  access: read
MATCH (c:Customer {customer_id: $customer_id})<-[:FOR]-(r:Recommendation)
MATCH (r)-[:ABOUT]->(p:Product)
RETURN r {.recommendation_id, .rank, .score, .probability, .scored_at, .model_id, .fallback, .reasons,
  product_id: p.product_id, product_name: p.name, family: p.family, list_price: p.list_price,
  currency: p.currency, url: p.url, image: p.image} AS suggestion
ORDER BY r.scored_at DESC, r.rank, r.recommendation_id
LIMIT $limit
