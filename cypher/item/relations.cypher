// name: item.relations  params: customer_ids, item_ids, as_of  access: read  sees: viewer
// How these items are linked to these customers.
UNWIND $item_ids AS asked
MATCH (i:Item {item_id: asked})
WITH i, datetime($as_of) AS t
MATCH (i)-[l:LINKED_TO]->(c:Customer)
WHERE c.customer_id IN $customer_ids AND l.relation IS NOT NULL AND {{true_at l t}} AND {{seen_by_viewer l}} AND {{in_scope c}}
RETURN DISTINCT c.customer_id AS customer_id, i.item_id AS item_id, l.relation AS relation
ORDER BY customer_id, item_id, relation
