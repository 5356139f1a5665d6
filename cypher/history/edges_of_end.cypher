// name: history.edges_of_end  params: ids  access: read  sees: all  slots: type, start, start_key, end, end_key, columns
// All that is not derived, by the ends, which have few of these each: one page of hubs would be more than one query may return.
UNWIND $ids AS asked
MATCH (b:{{end}} { {{end_key}}: asked})<-[r:{{type}}]-(a:{{start}})
WHERE coalesce(r.source, '') <> 'derive'
RETURN collect([asked, labels(a)[0], {{start_key}}{{columns}}]) AS rows
