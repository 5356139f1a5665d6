-- name: recomputed.orders  params: now, asked  relations: -
-- Orders and returns, and the first and the last order, of each customer.
SELECT p.start_id AS customer_id, count(*) FILTER (NOT returned) AS orders, count(*) FILTER (returned) AS returns,
    min(ordered_at) FILTER (NOT returned) AS first_at, max(ordered_at) FILTER (NOT returned) AS last_at
FROM (SELECT order_id, ordered_at, coalesce(kind = 'return', false) AS returned
      FROM node_order WHERE ordered_at <= $now AND (ended_at IS NULL OR ended_at > $now))
JOIN edge_placed p ON p.end_id = order_id
WHERE p.start_id IN (SELECT unnest($asked))
GROUP BY ALL
