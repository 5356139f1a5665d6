-- name: frame.interactions  params: -  relations: -
-- Those that everybody of us may see.
SELECT i.* EXCLUDE (position, ended_at), c.customer_id, c.name AS customer
FROM node_interaction i
LEFT JOIN edge_for f ON f.start_id = i.interaction_id AND f.start_label = 'Interaction' AND f.end_label = 'Customer'
LEFT JOIN node_customer c ON c.customer_id = f.end_id
WHERE i.ended_at IS NULL AND seen_by_company(i.visibility)
ORDER BY i.at, i.interaction_id
