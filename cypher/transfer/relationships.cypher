// name: transfer.relationships  params: ids  access: read  sees: all  slots: type, start, start_key, end, end_key
UNWIND $ids AS asked
MATCH (a:{{start}} { {{start_key}}: asked})-[r:{{type}}]->(b:{{end}})
RETURN a.{{start_key}} AS start, b.{{end_key}} AS end, properties(r) AS props
