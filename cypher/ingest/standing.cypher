// name: ingest.standing  params: ids  access: read  sees: all  slots: label, key
// What the graph now says of nodes, before a load changes it.
UNWIND $ids AS asked
MATCH (n:{{label}} { {{key}}: asked})
RETURN n.{{key}} AS id, properties(n) AS props
