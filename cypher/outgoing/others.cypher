// name: outgoing.others  params: prefix, after, limit  access: read  sees: company  slots: label, key
// Records of a source that answer under another id: matched or merged.
MATCH (a:Alias)
WHERE a.alias_id > $after AND a.alias_id STARTS WITH $prefix
MATCH (a)-[:ALIAS_OF]->(n:{{label}})
WHERE n.ended_at IS NULL
RETURN a.alias_id AS key, n.{{key}} AS id
ORDER BY key LIMIT $limit
