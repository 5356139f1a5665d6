-- name: alert.orders_falling  params: now, windows, year, least, chance  relations: -
-- Customers that ordered less than their year before lets expect: as few orders as that have at most the chance
-- $chance in a Poisson count. Who orders seldom is judged over a longer time: the shortest of $windows (days) in
-- which at least $least orders were to be expected. Where the same days of the year before are known, the smaller
-- expectation counts, so that a quiet season is no alarm. Returns do not count.
WITH placed AS (
  SELECT p.start_id AS customer_id, o.order_id, o.ordered_at
  FROM node_order o
  JOIN edge_placed p ON p.end_id = o.order_id
  WHERE o.ordered_at <= $now AND o.ended_at IS NULL AND o.kind IS DISTINCT FROM 'return'
), ordered AS (
  SELECT customer_id, min(ordered_at) AS first_at, max(ordered_at) AS last_at,
    list('Order:' || order_id ORDER BY ordered_at DESC, order_id)[:5] AS evidence
  FROM placed
  SEMI JOIN alert_customer USING (customer_id)
  GROUP BY customer_id
), counted AS (
  SELECT customer_id, days,
    count(*) FILTER (ordered_at > $now - to_days(days)) AS recent,
    count(*) FILTER (ordered_at <= $now - to_days(days) AND ordered_at > $now - to_days($year) - to_days(days))
      AS before,
    count(*) FILTER (ordered_at > $now - to_days($year) - to_days(days) AND ordered_at <= $now - to_days($year))
      AS season
  FROM placed
  CROSS JOIN (SELECT unnest($windows::INTEGER[]) AS days)
  WHERE ordered_at > $now - to_days($year) - to_days(days)
  GROUP BY customer_id, days
), usual AS (
  SELECT *, least(
      before * days / greatest(least($year, date_sub('day', first_at, $now) - days), days)::DOUBLE,
      CASE WHEN first_at <= $now - to_days($year) - to_days(days) THEN season END) AS expected
  FROM counted
  JOIN ordered USING (customer_id)
), judged AS (
  SELECT * FROM usual WHERE expected >= $least QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY days) = 1
)
SELECT customer_id, NULL AS subject, last_at AS since,
  CASE WHEN recent = 0 THEN 'critical' ELSE 'warning' END AS severity,
  to_json({count: recent, days: days, usual: round(expected, 1)})::VARCHAR AS figures, evidence
FROM judged
WHERE recent < expected AND list_sum(list_transform(range(0, recent + 1),
  lambda k: exp(k * ln(expected) - expected - lgamma(k + 1)))) <= $chance
ORDER BY customer_id
