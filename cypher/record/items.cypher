// name: record.items  params: id, as_of, limit  access: read  sees: viewer  slots: label, key
// The items that are linked to a record.
MATCH (n:{{label}})
WHERE n.{{key}} = $id
WITH n, datetime($as_of) AS t
MATCH (n)<-[r:LINKED_TO]-(m:Item)
WHERE {{true_at r t}} AND {{seen_by_viewer r}} AND {{standing_at m t}} AND {{item_in_scope m t}}
RETURN 'LINKED_TO' AS relation, 'Item' AS kind, m.item_id AS record_id, m.name AS name, r.relation AS detail,
  NULL AS line, NULL AS quantity, NULL AS amount, r.valid_from AS since, r.valid_to AS until
ORDER BY record_id, detail LIMIT $limit
