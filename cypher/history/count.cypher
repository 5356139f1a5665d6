// name: history.count  params: -  access: read  sees: all  slots: label
MATCH (n:{{label}})
RETURN count(n) AS count
