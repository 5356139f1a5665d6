// name: merge.edges  params: id, keys  access: read  sees: all  slots: label, key
// All edges of a record, of whichever type; `keys` names the key of each label that the other end can have.
MATCH (n:{{label}} { {{key}}: $id})-[r]-(x)
RETURN type(r) AS type, startNode(r).{{key}} = $id AS outgoing, labels(x)[0] AS other_label,
  x[$keys[labels(x)[0]]] AS other_id, properties(r) AS props
