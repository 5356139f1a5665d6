// name: record.customer  params: id  access: read  sees: viewer
// The values of a customer among the rows of whoever asks.
MATCH (n:Customer {customer_id: $id})
WHERE {{in_scope n}}
RETURN properties(n) AS props
