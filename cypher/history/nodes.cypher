// name: history.nodes  params: ids  access: read  sees: all  slots: label, key
UNWIND $ids AS asked
MATCH (n:{{label}} { {{key}}: asked})
RETURN collect(properties(n)) AS rows
