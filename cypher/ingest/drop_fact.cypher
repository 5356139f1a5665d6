// name: ingest.drop_fact  params: rows  access: write  sees: all  slots: type, start, start_key, end, end_key
// Facts that no remaining load states: a revert takes them out, nothing else does.
UNWIND $rows AS row
MATCH (a:{{start}} { {{start_key}}: row.start})
MATCH (b:{{end}} { {{end_key}}: row.end})
MATCH (a)-[r:{{type}}]->(b)
WHERE r.fact_id = row.fact_id
DELETE r
RETURN count(*) AS dropped
