-- name: snapshot.lines  params: before  relations: -
-- Lines of the orders placed before the moment.
SELECT l.start_id AS order_id, l.end_id AS product_id, l.line, l.quantity, l.amount
FROM edge_contains l
JOIN node_order o ON o.order_id = l.start_id
WHERE o.ordered_at < $before
