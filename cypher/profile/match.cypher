// name: profile.match  params: text, alias_id, limit  access: read  sees: viewer
// What was asked, read as an id, a tax number or the beginning of a name; `by` says which.
MATCH (c:Customer {customer_id: $text}) RETURN c.customer_id AS customer_id, c.name AS name, c.short_name AS short_name, 'id' AS by
UNION ALL
MATCH (a:Alias {alias_id: $alias_id})-[:ALIAS_OF]->(c:Customer)
RETURN c.customer_id AS customer_id, c.name AS name, c.short_name AS short_name, 'alias' AS by
UNION ALL
MATCH (s:SourceRecord {source_key: $text})-[:RECORD_OF]->(c:Customer)
RETURN DISTINCT c.customer_id AS customer_id, c.name AS name, c.short_name AS short_name, 'alias' AS by
LIMIT $limit
UNION ALL
MATCH (c:Customer {tax_id: $text}) RETURN c.customer_id AS customer_id, c.name AS name, c.short_name AS short_name, 'tax_id' AS by
LIMIT $limit
UNION ALL
MATCH (c:Customer) WHERE c.name STARTS WITH $text
RETURN c.customer_id AS customer_id, c.name AS name, c.short_name AS short_name, 'prefix' AS by
ORDER BY name, customer_id LIMIT $limit
