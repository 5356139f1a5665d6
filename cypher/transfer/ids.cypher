// name: transfer.ids  params: -  access: read  slots: label, key
MATCH (n:{{label}})
RETURN n.{{key}} AS id
