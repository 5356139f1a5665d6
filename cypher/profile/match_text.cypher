// name: profile.match_text  params: words, limit  access: read  sees: viewer
// Names and short names by full text: asked only where surer readings do not answer already.
CALL db.index.fulltext.queryNodes('customer_names', $words) YIELD node, score
RETURN node.customer_id AS customer_id, node.name AS name, node.short_name AS short_name, 'text' AS by
ORDER BY score DESC, customer_id LIMIT $limit
