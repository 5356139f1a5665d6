// name: load.part  params: rows  access: write  slots: type, start, start_key, end, end_key, times
UNWIND $rows AS row
MATCH (a:{{start}} { {{start_key}}: row.start})
MATCH (b:{{end}} { {{end_key}}: row.end})
MERGE (a)-[r:{{type}}]->(b)
SET r += row.props{{times}}
RETURN count(*) AS matched
