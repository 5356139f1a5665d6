// name: track_record.scores  params: customer_ids  access: read  sees: all
// Every churn score of these customers that is kept, whoever they are by now.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})-[:SCORED]->(s:RiskScore)
WHERE s.task = 'churn'
RETURN c.customer_id AS customer_id, s.score_id AS score_id, s.model_id AS model_id, s.as_of AS as_of,
  s.horizon_days AS horizon_days, s.probability AS probability, s.band AS band
ORDER BY customer_id, as_of, score_id
