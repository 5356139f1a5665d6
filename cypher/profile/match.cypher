// name: profile.match  params: text, alias_id, words, limit  access: read
// What was asked, from the surest reading to the vaguest; rank says which.
MATCH (c:Customer {customer_id: $text}) RETURN c.customer_id AS customer_id, c.name AS name, c.short_name AS short_name, 'id' AS by, 1.0 AS score
UNION ALL
MATCH (a:Alias {alias_id: $alias_id})-[:ALIAS_OF]->(c:Customer)
RETURN c.customer_id AS customer_id, c.name AS name, c.short_name AS short_name, 'alias' AS by, 1.0 AS score
UNION ALL
MATCH (s:SourceRecord {source_key: $text})-[:RECORD_OF]->(c:Customer)
RETURN DISTINCT c.customer_id AS customer_id, c.name AS name, c.short_name AS short_name, 'alias' AS by, 1.0 AS score
LIMIT $limit
UNION ALL
MATCH (c:Customer {tax_id: $text}) RETURN c.customer_id AS customer_id, c.name AS name, c.short_name AS short_name, 'tax_id' AS by, 1.0 AS score
LIMIT $limit
UNION ALL
MATCH (c:Customer) WHERE c.name STARTS WITH $text
RETURN c.customer_id AS customer_id, c.name AS name, c.short_name AS short_name, 'prefix' AS by, 1.0 AS score
ORDER BY name, customer_id LIMIT $limit
UNION ALL
CALL db.index.fulltext.queryNodes('customer_names', $words) YIELD node, score
RETURN node.customer_id AS customer_id, node.name AS name, node.short_name AS short_name, 'text' AS by, score
ORDER BY score DESC, customer_id LIMIT $limit
