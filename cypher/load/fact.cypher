// name: load.fact  params: rows  access: write  sees: all  slots: type, start, start_key, end, end_key, times
// The pattern begins at the start, which has few of these: the embedded engine walks the first node's list.
UNWIND $rows AS row
MATCH (a:{{start}} { {{start_key}}: row.start})
MATCH (b:{{end}} { {{end_key}}: row.end})
MERGE (a)-[r:{{type}} {fact_id: row.fact_id}]->(b)
SET r += row.props{{times}}
RETURN count(*) AS matched
