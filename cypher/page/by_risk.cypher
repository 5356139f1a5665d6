// name: page.by_risk  params: customer_ids, after_probability, after_id, industry, region, text, band, now, limit  access: read  sees: viewer
// Of these customers those that follow, by the churn score that stands, the most endangered first.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WHERE c.ended_at IS NULL AND {{in_scope c}}
  AND ($industry IS NULL OR c.industry = $industry)
  AND ($region IS NULL OR c.region = $region)
  AND ($text IS NULL OR c.name_words CONTAINS $text OR c.short_name_words CONTAINS $text)
WITH c, datetime($now) AS t
WITH c, COLLECT {
    MATCH (c)-[:SCORED]->(s:RiskScore) WHERE s.task = 'churn' AND {{standing_score s t}}
    RETURN s {.probability, .band} AS newest ORDER BY s.as_of DESC, s.scored_at DESC, s.score_id DESC LIMIT 1
  } AS risk
UNWIND risk AS score
WITH c, score.probability AS probability, score.band AS band
WHERE ($band IS NULL OR band = $band)
  AND (probability < $after_probability OR probability = $after_probability AND c.customer_id > $after_id)
RETURN c.customer_id AS customer_id, probability
ORDER BY probability DESC, customer_id LIMIT $limit
