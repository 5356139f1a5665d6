// name: record.item_links  params: id, as_of, limit  access: read  sees: viewer
// What an item is linked to, and which items are linked to it.
MATCH (n:Item {item_id: $id})
WITH n, datetime($as_of) AS t
MATCH (n)-[r:LINKED_TO]->(m)
WHERE {{true_at r t}} AND {{seen_by_viewer r}} AND CASE labels(m)[0]
  WHEN 'Customer' THEN {{in_scope m}}
  WHEN 'Contact' THEN {{contact_in_scope m t}}
  WHEN 'Product' THEN true
  WHEN 'Item' THEN {{item_in_scope m t}}
  ELSE {{linked_in_scope m}}
END
RETURN 'LINKED_TO' AS relation, labels(m)[0] AS kind, coalesce(m.customer_id, m.contact_id, m.product_id, m.order_id,
    m.ticket_id, m.opportunity_id, m.item_id) AS record_id, coalesce(m.name, m.subject) AS name, r.relation AS detail,
  NULL AS line, NULL AS quantity, NULL AS amount, r.valid_from AS since, r.valid_to AS until
ORDER BY kind, record_id, detail LIMIT $limit
