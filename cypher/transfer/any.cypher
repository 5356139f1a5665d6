// name: transfer.any  params: -  access: read  sees: all  slots: type, start, end
MATCH (a:{{start}})-[r:{{type}}]->(b:{{end}})
RETURN r IS NOT NULL AS found
LIMIT 1
