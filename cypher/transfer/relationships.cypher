// name: transfer.relationships  params: ids  access: read  sees: all  slots: type, start, start_key, end, end_key
MATCH (a:{{start}})
WHERE a.{{start_key}} IN $ids
MATCH (a)-[r:{{type}}]->(b:{{end}})
RETURN a.{{start_key}} AS start, b.{{end_key}} AS end, properties(r) AS props
