-- name: purchase.wanted  params: now  relations: -
-- Per customer and product what the order lines up to now add up to, net of returns: their lines carry negative
-- quantities and amounts. No amount where there are several currencies; what was wholly returned, or never sold,
-- is not bought. Decimals, for a sum of them is the same in whatever order.
WITH line AS (
  SELECT placed.start_id AS customer_id, l.end_id AS product_id, o.order_id, o.ordered_at, o.currency,
    l.quantity, l.amount, coalesce(o.kind = 'return', false) OR coalesce(l.quantity < 0, false) AS returned
  FROM node_order o
  JOIN edge_placed placed ON placed.end_id = o.order_id
  JOIN edge_contains l ON l.start_id = o.order_id
  WHERE o.ordered_at <= $now AND o.ended_at IS NULL
    AND placed.start_id IN (SELECT customer_id FROM purchase_scope)
)
SELECT customer_id, product_id,
  count(DISTINCT order_id) FILTER (WHERE NOT returned) AS orders,
  sum(coalesce(quantity, 1.0)::DECIMAL(38, 6))::DOUBLE AS quantity,
  CASE WHEN count(DISTINCT coalesce(currency, '')) > 1 THEN NULL
    ELSE sum(coalesce(amount, 0.0)::DECIMAL(38, 6))::DOUBLE END AS amount,
  min(ordered_at) FILTER (WHERE NOT returned) AS first_at,
  max(ordered_at) FILTER (WHERE NOT returned) AS last_at
FROM line
GROUP BY customer_id, product_id
HAVING orders > 0 AND quantity > 0
