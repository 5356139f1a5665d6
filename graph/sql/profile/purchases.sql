-- name: profile.purchases  params: now  relations: -
-- Orders of every customer up to now; a return has a negative amount.
SELECT p.start_id AS customer_id, o.order_id, o.ordered_at, o.kind IS NOT DISTINCT FROM 'return' AS returned,
  o.currency, o.amount
FROM node_order o
JOIN edge_placed p ON p.end_id = o.order_id
WHERE o.ordered_at <= $now AND (o.ended_at IS NULL OR o.ended_at > $now)
