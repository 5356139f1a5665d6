// name: transfer.relationships_from_end  params: ids  access: read  sees: all  slots: type, start, start_key, end, end_key
// By the ends, which have few of these each: one page of hubs would be more than one query may return.
MATCH (b:{{end}})
WHERE b.{{end_key}} IN $ids
MATCH (b)<-[r:{{type}}]-(a:{{start}})
RETURN a.{{start_key}} AS start, b.{{end_key}} AS end, properties(r) AS props
