-- name: frame.orders  params: -  relations: -
SELECT o.* EXCLUDE (position, ended_at), c.customer_id, c.name AS customer
FROM node_order o
LEFT JOIN edge_placed p ON p.end_id = o.order_id
LEFT JOIN node_customer c ON c.customer_id = p.start_id
WHERE o.ended_at IS NULL
ORDER BY o.ordered_at, o.order_id
