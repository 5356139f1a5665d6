// name: history.nodes  params: ids  access: read  sees: all  slots: label, key
MATCH (n:{{label}})
WHERE n.{{key}} IN $ids
RETURN collect(properties(n)) AS rows
