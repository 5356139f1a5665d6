-- name: frame.opportunities  params: -  relations: -
SELECT o.* EXCLUDE (position, ended_at), c.customer_id, c.name AS customer
FROM node_opportunity o
LEFT JOIN edge_for f ON f.start_id = o.opportunity_id AND f.start_label = 'Opportunity' AND f.end_label = 'Customer'
LEFT JOIN node_customer c ON c.customer_id = f.end_id
WHERE o.ended_at IS NULL
ORDER BY o.opened_at, o.opportunity_id
