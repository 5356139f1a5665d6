-- name: frame.lines  params: -  relations: -
-- Lines of orders; a return has a negative quantity.
SELECT l.start_id AS order_id, l.line, p.start_id AS customer_id, l.end_id AS product_id, n.name AS product, o.ordered_at,
    o.kind, l.quantity, l.amount, o.currency
FROM edge_contains l
JOIN node_order o ON o.order_id = l.start_id
LEFT JOIN edge_placed p ON p.end_id = l.start_id
LEFT JOIN node_product n ON n.product_id = l.end_id
WHERE l.start_label = 'Order' AND o.ended_at IS NULL
ORDER BY l.start_id, l.line, l.end_id
