-- name: health.outcome  params: day, horizon, year, least, most  relations: -
-- Customers that had ordered within $year days before $day, often enough that at least $least orders were to be expected
-- within $horizon days after it, and whether each kept ordering: at least half as many as that. At most $most of them,
-- the same whenever it is asked. Returns and orders taken back do not count.
WITH placed AS (
  SELECT p.start_id AS customer_id, o.ordered_at
  FROM node_order o
  JOIN edge_placed p ON p.end_id = o.order_id
  WHERE o.ended_at IS NULL AND o.kind IS DISTINCT FROM 'return'
    AND o.ordered_at > $day - to_days($year) AND o.ordered_at <= $day + to_days($horizon)
), counted AS (
  SELECT customer_id, count(*) FILTER (ordered_at > $day) AS after,
    count(*) FILTER (ordered_at <= $day) * $horizon / $year::DOUBLE AS expected
  FROM placed
  GROUP BY customer_id
)
SELECT customer_id, after >= expected / 2 AS stayed
FROM counted
WHERE expected >= $least
ORDER BY md5(customer_id || $day::VARCHAR), customer_id
LIMIT $most
