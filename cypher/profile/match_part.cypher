// name: profile.match_part  params: text, limit  access: read  sees: viewer
// Reads every customer: asked only where nothing surer answered (one Chinese character is no full-text word).
MATCH (c:Customer)
WHERE toLower(c.name) CONTAINS $text OR toLower(c.short_name) CONTAINS $text
RETURN c.customer_id AS customer_id, c.name AS name, c.short_name AS short_name, 'part' AS by
ORDER BY size(c.name), customer_id
LIMIT $limit
