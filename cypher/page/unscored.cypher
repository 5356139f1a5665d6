// name: page.unscored  params: after_id, industry, region, text, now, limit  access: read  sees: viewer
// Customers of whom no churn score stands, by their id.
MATCH (c:Customer)
WHERE c.customer_id > $after_id AND c.ended_at IS NULL AND {{in_scope c}}
  AND ($industry IS NULL OR c.industry = $industry)
  AND ($region IS NULL OR c.region = $region)
  AND ($text IS NULL OR c.name_words CONTAINS $text OR c.short_name_words CONTAINS $text)
WITH c, datetime($now) AS t
WHERE NOT EXISTS { MATCH (c)-[:SCORED]->(s:RiskScore) WHERE s.task = 'churn' AND {{standing_score s t}} }
WITH c ORDER BY c.customer_id LIMIT $limit
RETURN c.customer_id AS customer_id, NULL AS probability
ORDER BY c.customer_id
