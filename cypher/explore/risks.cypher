// name: explore.risks  params: task, now  access: read  sees: company
// The score that stands of every customer that has one.
MATCH (c:Customer)
WITH c, datetime($now) AS t
CALL (c, t) {
  MATCH (c)-[:SCORED]->(s:RiskScore)
  WHERE s.task = $task AND {{standing_score s t}}
  RETURN s
  ORDER BY s.as_of DESC, s.scored_at DESC
  LIMIT 1
}
RETURN c.customer_id AS customer_id, c.name AS name, c.industry AS industry, s.probability AS probability,
  s.band AS band, s.as_of AS as_of
ORDER BY probability DESC, customer_id
