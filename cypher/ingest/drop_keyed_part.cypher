// name: ingest.drop_keyed_part  params: rows  access: write  sees: all  slots: type, part_key, start, start_key, end, end_key
UNWIND $rows AS row
MATCH (a:{{start}} { {{start_key}}: row.start})
MATCH (b:{{end}} { {{end_key}}: row.end})
MATCH (a)-[r:{{type}}]->(b)
WHERE r.{{part_key}} = row.key
DELETE r
RETURN count(*) AS dropped
