// name: ingest.standing  params: ids  access: read  sees: all  slots: label, key
// What the graph now says of nodes, before a load changes it.
MATCH (n:{{label}})
WHERE n.{{key}} IN $ids
RETURN n.{{key}} AS id, properties(n) AS props
