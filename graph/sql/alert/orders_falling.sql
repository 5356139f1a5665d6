-- name: alert.orders_falling  params: now, window, year, least, errors  relations: -
-- Customers that ordered less in the last $window days than their year before lets expect, by $errors standard
-- errors of a Poisson count, where at least $least orders were to be expected. Where the same days of the year
-- before are known, the smaller expectation counts, so that a quiet season is no alarm. Returns do not count.
WITH placed AS (
  SELECT p.start_id AS customer_id, o.order_id, o.ordered_at
  FROM node_order o
  JOIN edge_placed p ON p.end_id = o.order_id
  WHERE o.ordered_at <= $now AND o.ended_at IS NULL AND o.kind IS DISTINCT FROM 'return'
), first AS (
  SELECT customer_id, min(ordered_at) AS first_at FROM placed GROUP BY customer_id
), counted AS (
  SELECT customer_id, max(ordered_at) AS last_at, any_value(first_at) AS first_at,
    count(*) FILTER (ordered_at > $now - to_days($window)) AS recent,
    count(*) FILTER (ordered_at <= $now - to_days($window)) AS before,
    count(*) FILTER (ordered_at > $now - to_days($year) - to_days($window)
      AND ordered_at <= $now - to_days($year)) AS season,
    list('Order:' || order_id ORDER BY ordered_at DESC, order_id)[:5] AS evidence
  FROM placed
  JOIN first USING (customer_id)
  WHERE ordered_at > $now - to_days($year) - to_days($window)
  GROUP BY customer_id
), usual AS (
  SELECT *, least(
      before * $window / greatest(least($year, date_sub('day', first_at, $now) - $window), $window)::DOUBLE,
      CASE WHEN first_at <= $now - to_days($year) - to_days($window) THEN season END) AS expected
  FROM counted
  SEMI JOIN alert_customer USING (customer_id)
)
SELECT customer_id, NULL AS subject, last_at AS since,
  CASE WHEN recent = 0 THEN 'critical' ELSE 'warning' END AS severity,
  to_json({count: recent, days: $window, usual: round(expected, 1)})::VARCHAR AS figures, evidence
FROM usual
WHERE expected >= $least AND recent < expected - $errors * sqrt(expected)
ORDER BY customer_id
