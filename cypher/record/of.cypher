// name: record.of  params: id  access: read  sees: viewer  slots: label, key
// The values of a node that belongs to no customer, which everybody may see.
MATCH (n:{{label}})
WHERE n.{{key}} = $id
RETURN properties(n) AS props
