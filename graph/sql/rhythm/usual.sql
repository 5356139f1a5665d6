-- name: rhythm.usual  params: now, least  relations: -
-- Median days between the order days of a customer, of whom $least gaps or more are known, and the last of them.
-- Returns do not count.
WITH days AS (
  SELECT DISTINCT p.start_id AS customer_id, date_trunc('day', o.ordered_at) AS day
  FROM node_order o
  JOIN edge_placed p ON p.end_id = o.order_id
  WHERE o.ordered_at <= $now AND o.ended_at IS NULL AND o.kind IS DISTINCT FROM 'return'
), gaps AS (
  SELECT customer_id, day,
    date_diff('day', lag(day) OVER (PARTITION BY customer_id ORDER BY day), day) AS gap
  FROM days
)
SELECT customer_id, max(day) AS last_on, median(gap) AS usual
FROM gaps
GROUP BY customer_id
HAVING count(gap) >= $least
