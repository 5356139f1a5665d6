-- name: rhythm.bought  params: now, since, least  relations: -
-- Of customers and the products that they bought on at least $least days since a day: these days. Returns do not count.
WITH days AS (
  SELECT p.start_id AS customer_id, l.end_id AS product_id,
    list_sort(list_distinct(list(date_trunc('day', o.ordered_at)::TIMESTAMP))) AS days
  FROM node_order o
  JOIN edge_placed p ON p.end_id = o.order_id
  JOIN edge_contains l ON l.start_id = o.order_id
  WHERE o.ordered_at <= $now AND o.ordered_at > $since AND o.ended_at IS NULL AND o.kind IS DISTINCT FROM 'return'
  GROUP BY p.start_id, l.end_id
)
SELECT c.customer_id, c.name, p.product_id, p.name AS product_name, d.days
FROM days d
JOIN node_customer c USING (customer_id)
JOIN node_product p USING (product_id)
WHERE len(d.days) >= $least AND c.ended_at IS NULL AND p.ended_at IS NULL AND p.active IS DISTINCT FROM FALSE
ORDER BY c.customer_id, p.product_id
