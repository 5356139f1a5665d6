MATCH (c:Customer {name: $match})
WITH c, datetime($as_of) AS t
RETURN c.customer_id AS id, c {.customer_id, .name, .short_name, .industry, .region, .city, .country} AS customer,
  COLLECT {
    MATCH (p:Contact)-[w:WORKS_AT]->(c)
    WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
    RETURN p {.contact_id, .name, title: w.title}
    ORDER BY p.name, p.contact_id
    LIMIT 20
  } AS contacts,
  COLLECT {
    MATCH (c)-[:SCORED]->(s:RiskScore) WHERE s.task = 'churn'
    RETURN s {.probability, .band, .as_of}
    ORDER BY s.as_of DESC, s.scored_at DESC
    LIMIT 1
  } AS risk
