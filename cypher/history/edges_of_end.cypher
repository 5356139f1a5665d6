// name: history.edges_of_end  params: ids  access: read  sees: all  slots: type, start, start_key, end, end_key, columns
// All that is not derived, by the ends, which have few of these each: one page of hubs would be more than one query may return.
MATCH (b:{{end}})
WHERE b.{{end_key}} IN $ids
MATCH (b)<-[r:{{type}}]-(a:{{start}})
WHERE coalesce(r.source, '') <> 'derive'
RETURN collect([b.{{end_key}}, labels(a)[0], {{start_key}}{{columns}}]) AS rows
