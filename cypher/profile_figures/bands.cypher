// name: profile_figures.bands  params: now  access: read  sees: company
// The churn band of each customer by the score that stands.
MATCH (s:RiskScore)
WHERE s.probability >= 0.0
WITH s, datetime($now) AS t
WHERE s.task = 'churn' AND {{standing_score s t}}
MATCH (s)<-[:SCORED]-(c:Customer)
RETURN c.customer_id AS customer_id, s.band AS band
ORDER BY customer_id, s.as_of, s.scored_at, s.score_id
