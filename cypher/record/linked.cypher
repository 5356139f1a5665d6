// name: record.linked  params: id  access: read  sees: viewer  slots: label, key
// The values of a node that belongs to a customer: of one among the rows of whoever asks.
MATCH (n:{{label}})
WHERE n.{{key}} = $id AND {{linked_in_scope n}}
RETURN properties(n) AS props
