// name: figure.contracts  params: id, until, as_of, limit  access: read  sees: viewer
// Contracts of a customer that end at as_of or later, by that day, the last first.
MATCH (c:Customer {customer_id: $id})
WITH c, datetime($until) AS u, datetime($as_of) AS t WHERE {{in_scope c}}
MATCH (c)<-[:FOR]-(n:Contract)
WHERE n.ends_at >= t AND n.ends_at <= u AND {{standing_at n t}}
RETURN 'Contract' AS kind, n.contract_id AS record_id, n.ends_at AS at
ORDER BY at DESC, record_id DESC LIMIT $limit
