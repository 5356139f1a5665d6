// name: day.risks  params: customer_ids, year_ago, before, as_of  access: read  sees: viewer
// The churn scores that stood at as_of, whole where they are high, with how many orders the year before as_of and the one before that brought.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t, datetime($year_ago) AS y, datetime($before) AS b
WHERE {{in_scope c}}
WITH c, t, y, b, {{newest_churn c t}} AS scores
UNWIND scores AS risk
RETURN c.customer_id AS customer_id, risk.probability AS probability, risk.horizon_days AS horizon_days,
  CASE WHEN risk.band = 'high' THEN risk END AS risk,
  COUNT {
    MATCH (c)-[:PLACED]->(o:Order)
    WHERE o.kind = 'sale' AND o.ordered_at > y AND o.ordered_at <= t AND {{standing_at o t}}
  } AS orders,
  COUNT {
    MATCH (c)-[:PLACED]->(o:Order)
    WHERE o.kind = 'sale' AND o.ordered_at > b AND o.ordered_at <= y AND {{standing_at o t}}
  } AS orders_before
ORDER BY customer_id
