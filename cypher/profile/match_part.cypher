// name: profile.match_part  params: text, as_of, limit  access: read  sees: viewer
// Reads every customer: asked only where nothing surer answered (an end or the middle of a word is no full-text word).
MATCH (c:Customer)
WHERE c.name_words CONTAINS $text OR c.short_name_words CONTAINS $text
WITH c, datetime($as_of) AS t WHERE {{standing_at c t}} AND {{in_scope c}}
WITH c ORDER BY size(c.name_key), c.name_key, c.customer_id LIMIT $limit
RETURN c.customer_id AS customer_id, c.name AS name, c.short_name AS short_name, 'part' AS by
