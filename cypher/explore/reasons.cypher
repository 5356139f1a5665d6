// name: explore.reasons  params: customer_id, task  access: read  sees: company
// The score of a customer that stands, with its reasons.
MATCH (c:Customer {customer_id: $customer_id})-[:SCORED]->(s:RiskScore)
WHERE s.task = $task AND s.until IS NULL
RETURN s.model_id AS model_id, s.probability AS probability, s.band AS band, s.reasons AS reasons
ORDER BY s.as_of DESC, s.scored_at DESC
LIMIT 1
