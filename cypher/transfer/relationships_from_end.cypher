// name: transfer.relationships_from_end  params: ids  access: read  sees: all  slots: type, start, start_key, end, end_key
// By the ends, which have few of these each: one page of hubs would be more than one query may return.
UNWIND $ids AS asked
MATCH (b:{{end}} { {{end_key}}: asked})<-[r:{{type}}]-(a:{{start}})
RETURN a.{{start_key}} AS start, b.{{end_key}} AS end, properties(r) AS props
