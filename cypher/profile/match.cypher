// name: profile.match  params: text, alias_id, key, as_of, limit  access: read  sees: viewer
// What was asked, read as an id, a tax number, a name as written, or the beginning of a name's key; `by` says which.
// None that had ended by as_of.
MATCH (c:Customer {customer_id: $text})
WITH c, datetime($as_of) AS t WHERE {{standing_at c t}} AND {{in_scope c}}
RETURN c.customer_id AS customer_id, c.name AS name, c.short_name AS short_name, 'id' AS by
UNION ALL
MATCH (a:Alias {alias_id: $alias_id})-[:ALIAS_OF]->(c:Customer)
WITH c, datetime($as_of) AS t WHERE {{standing_at c t}} AND {{in_scope c}}
RETURN c.customer_id AS customer_id, c.name AS name, c.short_name AS short_name, 'alias' AS by
UNION ALL
MATCH (s:SourceRecord {source_key: $text})-[:RECORD_OF]->(c:Customer)
WITH c, datetime($as_of) AS t WHERE {{standing_at c t}} AND {{in_scope c}}
RETURN DISTINCT c.customer_id AS customer_id, c.name AS name, c.short_name AS short_name, 'alias' AS by
LIMIT $limit
UNION ALL
MATCH (c:Customer {tax_id: $text})
WITH c, datetime($as_of) AS t WHERE {{standing_at c t}} AND {{in_scope c}}
RETURN c.customer_id AS customer_id, c.name AS name, c.short_name AS short_name, 'tax_id' AS by
LIMIT $limit
UNION ALL
MATCH (c:Customer {name: $text})
WITH c, datetime($as_of) AS t WHERE {{standing_at c t}} AND {{in_scope c}}
RETURN c.customer_id AS customer_id, c.name AS name, c.short_name AS short_name, 'key' AS by
ORDER BY customer_id LIMIT $limit
UNION ALL
MATCH (c:Customer) WHERE c.name_key STARTS WITH $key
WITH c, datetime($as_of) AS t WHERE {{standing_at c t}} AND {{in_scope c}}
WITH c ORDER BY c.name_key, c.customer_id LIMIT $limit
RETURN c.customer_id AS customer_id, c.name AS name, c.short_name AS short_name, 'key' AS by
UNION ALL
MATCH (c:Customer) WHERE c.short_name_key STARTS WITH $key
WITH c, datetime($as_of) AS t WHERE {{standing_at c t}} AND {{in_scope c}}
WITH c ORDER BY c.short_name_key, c.customer_id LIMIT $limit
RETURN c.customer_id AS customer_id, c.name AS name, c.short_name AS short_name, 'key' AS by
