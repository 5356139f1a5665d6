// name: transfer.ids  params: -  access: read  sees: all  slots: label, key
MATCH (n:{{label}})
RETURN n.{{key}} AS id
