// name: history.edges_of_start  params: ids  access: read  sees: all  slots: type, start, start_key, end, end_key, columns
// All that is not derived, by the starts, which have few of these each: one page of hubs would be more than one query may return.
UNWIND $ids AS asked
MATCH (a:{{start}} { {{start_key}}: asked})-[r:{{type}}]->(b:{{end}})
WHERE coalesce(r.source, '') <> 'derive'
RETURN collect([asked, labels(b)[0], {{end_key}}{{columns}}]) AS rows
