// name: score.suggestions  params: customer_ids, limit  access: read
// The first recommendations of each customer, for lists.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
RETURN asked AS customer_id,
  COLLECT {
    MATCH (r:Recommendation)-[:FOR]->(c)
    MATCH (r)-[:ABOUT]->(p:Product)
    RETURN r {.recommendation_id, .rank, .score, .probability, .scored_at, .model_id, .fallback, .reasons,
      product_id: p.product_id, product_name: p.name, family: p.family, list_price: p.list_price,
      currency: p.currency, url: p.url, image: p.image}
    ORDER BY r.scored_at DESC, r.rank, r.recommendation_id
    LIMIT $limit
  } AS suggestions
