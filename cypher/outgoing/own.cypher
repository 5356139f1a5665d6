// name: outgoing.own  params: prefix, after, limit  access: read  sees: company  slots: label, key
// Records whose own id is of a source, in the order of their keys.
MATCH (n:{{label}})
WHERE n.{{key}} > $after AND n.{{key}} STARTS WITH $prefix AND n.ended_at IS NULL
RETURN n.{{key}} AS key, n.{{key}} AS id
ORDER BY key LIMIT $limit
