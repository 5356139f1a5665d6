// name: page.by_name  params: after_name, until, after_id, industry, region, text, band, now, scored, limit  access: read  sees: viewer
// Names up to `until`; without after_id those of the name after_name are left out. All in one record, for records cost
// a client more than what they hold; risks are read where they are wanted (`scored`).
MATCH (c:Customer)
WHERE c.name >= $after_name AND c.name <= $until AND (c.name > $after_name OR c.customer_id > $after_id)
  AND c.ended_at IS NULL AND {{in_scope c}}
  AND ($industry IS NULL OR c.industry = $industry)
  AND ($region IS NULL OR c.region = $region)
  AND ($text IS NULL OR c.name_words CONTAINS $text OR c.short_name_words CONTAINS $text)
  AND ($band IS NULL OR COLLECT {
    MATCH (c)-[:SCORED]->(s:RiskScore) WHERE s.task = 'churn' AND s.as_of <= datetime($now)
      AND (s.until IS NULL OR s.until > datetime($now))
    RETURN s.band ORDER BY s.as_of DESC, s.scored_at DESC, s.score_id DESC LIMIT 1 } = [$band])
WITH c ORDER BY c.name, c.customer_id LIMIT $limit
WITH c {.customer_id, .name, .short_name, .industry, .region, .country} AS customer,
  CASE WHEN $scored THEN COLLECT {
    MATCH (c)-[:SCORED]->(s:RiskScore) WHERE s.task = 'churn' AND s.as_of <= datetime($now)
      AND (s.until IS NULL OR s.until > datetime($now))
    RETURN s {.probability, .band} AS newest ORDER BY s.as_of DESC, s.scored_at DESC, s.score_id DESC LIMIT 1
  } ELSE [] END AS risk
RETURN collect({customer: customer, risk: risk}) AS lines
