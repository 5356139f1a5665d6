// name: page.by_risk  params: after_probability, after_id, industry, region, text, band, now, limit  access: read  sees: viewer
// Customers of the newest scoring, the most endangered first.
MATCH (n:RiskScore) WHERE n.task = 'churn' AND n.as_of <= datetime($now)
WITH max(n.scored_at) AS newest
MATCH (c:Customer)-[:SCORED]->(s:RiskScore)
WHERE s.scored_at = newest AND s.task = 'churn' AND s.as_of <= datetime($now) AND s.probability <= $after_probability
  AND (s.probability < $after_probability OR c.customer_id > $after_id)
  AND c.ended_at IS NULL
  AND ($band IS NULL OR s.band = $band)
  AND ($industry IS NULL OR c.industry = $industry)
  AND ($region IS NULL OR c.region = $region)
  AND ($text IS NULL OR c.name_words CONTAINS $text OR c.short_name_words CONTAINS $text)
WITH c, s ORDER BY s.probability DESC, c.customer_id LIMIT $limit
RETURN c {.customer_id, .name, .short_name, .industry, .region, .country} AS customer, [s {.probability, .band}] AS risk
ORDER BY s.probability DESC, c.customer_id
