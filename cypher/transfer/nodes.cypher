// name: transfer.nodes  params: ids  access: read  sees: all  slots: label, key
MATCH (n:{{label}})
WHERE n.{{key}} IN $ids
RETURN n.{{key}} AS id, properties(n) AS props
