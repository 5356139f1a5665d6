// name: score_write.standing_recommendations  params: customer_ids  access: read  sees: all
// Everything that is suggested to these customers.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})<-[:FOR]-(r:Recommendation)
RETURN r.recommendation_id AS subject, r.recommendation_id AS id, r.model_id AS model_id, r.rank AS rank,
  r.probability AS probability, r.fallback AS fallback, r.strongest AS strongest
