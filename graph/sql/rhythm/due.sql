-- name: rhythm.due  params: now, least, even, ahead, shortest  relations: -
-- Products that a customer buys at even distances ($least or more, whose spread is at most $even of their mean) and
-- whose next day lies at most $ahead days ahead, or behind by less than one distance. Distances below $shortest days
-- are no rhythm to act on. Returns do not count.
WITH days AS (
  SELECT DISTINCT p.start_id AS customer_id, l.end_id AS product_id, date_trunc('day', o.ordered_at) AS day
  FROM node_order o
  JOIN edge_placed p ON p.end_id = o.order_id
  JOIN edge_contains l ON l.start_id = o.order_id
  WHERE o.ordered_at <= $now AND o.ended_at IS NULL AND o.kind IS DISTINCT FROM 'return'
), gaps AS (
  SELECT customer_id, product_id, day,
    date_diff('day', lag(day) OVER (PARTITION BY customer_id, product_id ORDER BY day), day) AS gap
  FROM days
), told AS (
  SELECT customer_id, product_id, max(day) AS last_on, count(gap) AS gaps, median(gap) AS usual,
    stddev_samp(gap) / avg(gap) AS unevenness
  FROM gaps
  GROUP BY customer_id, product_id
), next AS (
  SELECT *, last_on + to_days(round(usual)::INTEGER) AS due_on,
    date_diff('day', $now::TIMESTAMP, last_on + to_days(round(usual)::INTEGER)) AS days_left
  FROM told
  WHERE gaps >= $least AND unevenness <= $even AND usual >= $shortest
)
SELECT c.customer_id, c.name, p.product_id, p.name AS product_name, n.last_on, n.due_on, n.usual, n.gaps + 1 AS days
FROM next n
JOIN node_customer c USING (customer_id)
JOIN node_product p USING (product_id)
WHERE c.ended_at IS NULL AND p.ended_at IS NULL AND p.active IS DISTINCT FROM FALSE
  AND n.days_left <= $ahead AND n.days_left > -n.usual
ORDER BY n.unevenness, n.gaps DESC, c.customer_id, p.product_id
