// name: history.edges_of_start  params: ids  access: read  sees: all  slots: type, start, start_key, end, end_key
// All that is not derived, by the starts, which have few of these each: one page of hubs would be more than one query may return.
MATCH (a:{{start}})
WHERE a.{{start_key}} IN $ids
MATCH (a)-[r:{{type}}]->(b:{{end}})
WHERE coalesce(r.source, '') <> 'derive'
RETURN a.{{start_key}} AS anchor_id, labels(b) AS other_labels, {{end_key}} AS other_id, properties(r) AS props
