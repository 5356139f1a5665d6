-- name: rhythm.usual  params: now, least  relations: -
-- The last order day of a customer, and the number, median and longest of the days between its order days, of which
-- $least or more are known. Returns do not count.
WITH days AS (
  SELECT DISTINCT p.start_id AS customer_id, date_trunc('day', o.ordered_at) AS day
  FROM node_order o
  JOIN edge_placed p ON p.end_id = o.order_id
  WHERE o.ordered_at <= $now AND o.ended_at IS NULL AND o.kind IS DISTINCT FROM 'return'
), spaced AS (
  SELECT customer_id, day,
    date_diff('day', lag(day) OVER (PARTITION BY customer_id ORDER BY day), day) AS gap
  FROM days
)
SELECT customer_id, max(day) AS last_on, count(gap) AS gaps, median(gap) AS usual, max(gap) AS longest
FROM spaced
GROUP BY customer_id
HAVING count(gap) >= $least
