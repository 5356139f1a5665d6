// name: item.of_each  params: customer_ids, kind, as_of, after_name, after_id, limit  access: read  sees: viewer
// Of each customer the first items behind one in the order of names, of a kind or (empty) of all.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t
WHERE {{in_scope c}}
RETURN c.customer_id AS customer_id, COLLECT {
  MATCH (c)<-[l:LINKED_TO]-(i:Item)
  WHERE {{true_at l t}} AND {{seen_by_viewer l}} AND {{standing_at i t}} AND (i.created_at IS NULL OR i.created_at <= t)
    AND ($kind = '' OR i.kind = $kind)
  WITH DISTINCT i
  WHERE coalesce(i.name, '') > $after_name OR coalesce(i.name, '') = $after_name AND i.item_id > $after_id
  RETURN properties(i) ORDER BY coalesce(i.name, ''), i.item_id LIMIT $limit
} AS items
