// name: history.ids  params: skip, size  access: read  sees: all  slots: label, key
// As one list: as a row each, ids take the embedded engine ten times as long.
MATCH (n:{{label}})
WITH n SKIP $skip LIMIT $size
RETURN count(n) AS seen, collect(n.{{key}}) AS ids
