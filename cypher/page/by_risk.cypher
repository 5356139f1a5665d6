// name: page.by_risk  params: low, after_probability, after_id, industry, region, text, band, now, limit  access: read  sees: viewer
// Customers by the churn score that stands, down to `low`, the most endangered first; without after_id those of exactly
// after_probability are left out. The scores come first and by themselves: the embedded engine finds them by the
// index only so.
MATCH (s:RiskScore) WHERE s.probability >= $low AND s.probability <= $after_probability
WITH s, s.task AS task, s.as_of AS as_of
WHERE task = 'churn' AND as_of <= datetime($now) AND (s.until IS NULL OR s.until > datetime($now))
  AND ($band IS NULL OR s.band = $band)
WITH s, COLLECT {
    MATCH (s)<-[:SCORED]-(c:Customer)
    WHERE (s.probability < $after_probability OR c.customer_id > $after_id)
      AND c.ended_at IS NULL AND {{in_scope c}}
      AND ($industry IS NULL OR c.industry = $industry)
      AND ($region IS NULL OR c.region = $region)
      AND ($text IS NULL OR c.name_words CONTAINS $text OR c.short_name_words CONTAINS $text)
      AND NOT EXISTS {
        MATCH (c)-[:SCORED]->(newer:RiskScore)
        WHERE newer.task = 'churn' AND newer.as_of <= datetime($now)
          AND (newer.as_of > s.as_of OR newer.as_of = s.as_of AND (newer.scored_at > s.scored_at
            OR newer.scored_at = s.scored_at AND newer.score_id > s.score_id))
      }
    RETURN c
  } AS scored
UNWIND scored AS c
WITH c, s ORDER BY s.probability DESC, c.customer_id LIMIT $limit
RETURN c {.customer_id, .name, .short_name, .industry, .region, .country} AS customer, [s {.probability, .band}] AS risk
ORDER BY s.probability DESC, c.customer_id
