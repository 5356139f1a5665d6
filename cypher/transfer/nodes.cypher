// name: transfer.nodes  params: ids  access: read  slots: label, key
MATCH (n:{{label}})
WHERE n.{{key}} IN $ids
RETURN n.{{key}} AS id, properties(n) AS props
