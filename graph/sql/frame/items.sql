-- name: frame.items  params: -  relations: -
-- Items of declared kinds with each customer that they are linked to.
SELECT i.* EXCLUDE (position, ended_at), c.customer_id, c.name AS customer, l.relation, l.valid_from AS since
FROM node_item i
LEFT JOIN edge_linked_to l ON l.start_id = i.item_id AND l.end_label = 'Customer' AND l.valid_to IS NULL
    AND l.known_to IS NULL AND l.dismissed_at IS NULL AND seen_by_company(l.visibility)
LEFT JOIN node_customer c ON c.customer_id = l.end_id
WHERE i.ended_at IS NULL
ORDER BY i.kind, i.item_id, c.customer_id, l.relation
