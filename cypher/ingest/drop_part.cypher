// name: ingest.drop_part  params: rows  access: write  sees: all  slots: type, start, start_key, end, end_key
UNWIND $rows AS row
MATCH (a:{{start}} { {{start_key}}: row.start})
MATCH (b:{{end}} { {{end_key}}: row.end})
MATCH (a)-[r:{{type}}]->(b)
DELETE r
RETURN count(*) AS dropped
