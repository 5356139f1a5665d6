// name: history.edges_of_end  params: ids  access: read  sees: all  slots: type, start, start_key, end, end_key
// All that is not derived, by the ends, which have few of these each: one page of hubs would be more than one query may return.
MATCH (b:{{end}})
WHERE b.{{end_key}} IN $ids
MATCH (b)<-[r:{{type}}]-(a:{{start}})
WHERE coalesce(r.source, '') <> 'derive'
RETURN b.{{end_key}} AS anchor_id, labels(a) AS other_labels, {{start_key}} AS other_id, properties(r) AS props
