// name: profile.match_text  params: words, as_of, limit  access: read  sees: viewer
// Names and short names by full text: asked only where surer readings do not answer already.
// Ordered by what stands in the graph: the engines score differently.
CALL db.index.fulltext.queryNodes('customer_words', $words) YIELD node
WITH node AS c, datetime($as_of) AS t WHERE {{standing_at c t}} AND {{in_scope c}}
WITH c ORDER BY size(c.name_key), c.name_key, c.customer_id LIMIT $limit
RETURN c.customer_id AS customer_id, c.name AS name, c.short_name AS short_name, 'text' AS by
