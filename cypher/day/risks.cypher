// name: day.risks  params: customer_ids, as_of  access: read  sees: viewer
// The churn scores that stood at as_of, where they are high.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t
WHERE {{in_scope c}}
WITH c, {{newest_churn c t}} AS scores
UNWIND scores AS risk
WITH c, risk WHERE risk.band = 'high'
RETURN c.customer_id AS customer_id, risk
ORDER BY customer_id
