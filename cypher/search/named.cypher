// name: search.named  params: ids  access: read  sees: all  slots: label, key
// Nodes that are found by their name, their id and their mail address, where they have some.
MATCH (n:{{label}})
WHERE n.{{key}} IN $ids
RETURN n.{{key}} AS id, n.name AS name, n.email AS email
