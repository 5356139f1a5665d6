// name: load.part_from_end  params: rows  access: write  sees: all  slots: type, start, start_key, end, end_key, times
// The pattern begins at the end, which has few of these: the embedded engine walks the first node's list.
UNWIND $rows AS row
MATCH (a:{{start}} { {{start_key}}: row.start})
MATCH (b:{{end}} { {{end_key}}: row.end})
MERGE (b)<-[r:{{type}}]-(a)
SET r += row.props{{times}}
RETURN count(*) AS matched
