// name: record.item  params: id, as_of  access: read  sees: viewer
// The values of an item among the rows of whoever asks.
MATCH (n:Item {item_id: $id})
WITH n, datetime($as_of) AS t
WHERE {{item_in_scope n t}}
RETURN properties(n) AS props
