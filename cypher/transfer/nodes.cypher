// name: transfer.nodes  params: ids  access: read  sees: all  slots: label, key
UNWIND $ids AS asked
MATCH (n:{{label}} { {{key}}: asked})
RETURN n.{{key}} AS id, properties(n) AS props
