-- name: rhythm.going_quiet  params: now, least, factor, window  relations: -
-- Customers silent for more than $factor times the longest gap between their own order days, of whom $least gaps or
-- more are known and whose last order is at most $window days old. Returns do not count.
WITH days AS (
  SELECT DISTINCT p.start_id AS customer_id, date_trunc('day', o.ordered_at) AS day
  FROM node_order o
  JOIN edge_placed p ON p.end_id = o.order_id
  WHERE o.ordered_at <= $now AND o.ended_at IS NULL AND o.kind IS DISTINCT FROM 'return'
), gaps AS (
  SELECT customer_id, day,
    date_diff('day', lag(day) OVER (PARTITION BY customer_id ORDER BY day), day) AS gap
  FROM days
), told AS (
  SELECT customer_id, max(day) AS last_on, count(gap) AS gaps, median(gap) AS usual, max(gap) AS longest,
    date_diff('day', max(day), $now::TIMESTAMP) AS silent
  FROM gaps
  GROUP BY customer_id
)
SELECT c.customer_id, c.name, t.last_on, t.silent, t.usual, t.longest, t.gaps + 1 AS days
FROM told t
JOIN node_customer c USING (customer_id)
WHERE c.ended_at IS NULL AND t.gaps >= $least AND t.silent > $factor * t.longest AND t.silent <= $window
ORDER BY t.silent / t.usual DESC, c.customer_id
