// name: score_write.standing_recommendations  params: customer_ids  access: read  sees: all
// Everything that is suggested to these customers.
MATCH (c:Customer)<-[:FOR]-(r:Recommendation)
WHERE c.customer_id IN $customer_ids
RETURN r.recommendation_id AS subject, r.recommendation_id AS id, r.model_id AS model_id, r.rank AS rank,
  r.probability AS probability, r.fallback AS fallback, r.strongest AS strongest
