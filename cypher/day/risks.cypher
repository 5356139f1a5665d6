// name: day.risks  params: customer_ids, since, as_of  access: read  sees: viewer
// The churn scores that stood at as_of, whole where they are high, with how many orders there were since a day.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t, datetime($since) AS s
WHERE {{in_scope c}}
WITH c, t, s, {{newest_churn c t}} AS scores
UNWIND scores AS risk
RETURN c.customer_id AS customer_id, risk.probability AS probability, risk.horizon_days AS horizon_days,
  CASE WHEN risk.band = 'high' THEN risk END AS risk,
  COUNT {
    MATCH (c)-[:PLACED]->(o:Order)
    WHERE o.kind = 'sale' AND o.ordered_at > s AND o.ordered_at <= t AND {{standing_at o t}}
  } AS orders
ORDER BY customer_id
