-- name: profile.orders  params: now, year, window  relations: -
-- Of each customer that has ordered (profile_purchase): first and last order, counts, usual distance, RFM quintiles
-- and the families bought within a year. A quintile is one more than the share of those below, times five, and at
-- most 5: equal values have equal quintiles. Amounts are compared with those of the same currency.
WITH sales AS (
  SELECT customer_id, min(ordered_at) AS first_order_at, max(ordered_at) AS last_order_at,
    count(*) FILTER (ordered_at > $now - to_days($year)) AS orders_365,
    count(*) FILTER (ordered_at > $now - to_days($window)) AS orders_recent
  FROM profile_purchase
  WHERE NOT returned
  GROUP BY customer_id
), families AS (
  SELECT p.customer_id, list_sort(list(DISTINCT n.family)) AS families_365
  FROM profile_purchase p
  JOIN edge_contains l ON l.start_label = 'Order' AND l.start_id = p.order_id
  JOIN node_product n ON n.product_id = l.end_id
  WHERE NOT p.returned AND p.ordered_at > $now - to_days($year) AND n.family IS NOT NULL
  GROUP BY p.customer_id
)
SELECT s.customer_id, s.first_order_at, s.last_order_at, s.orders_365, u.usual AS rhythm_days,
  u.last_on + to_days(round(u.usual)::INTEGER) AS due_on, f.families_365,
  least(5, 1 + floor(5 * percent_rank() OVER (ORDER BY date_trunc('day', s.last_order_at))))::INTEGER AS recency,
  least(5, 1 + floor(5 * percent_rank() OVER (ORDER BY s.orders_recent)))::INTEGER AS frequency,
  CASE WHEN a.recent IS NOT NULL THEN
    least(5, 1 + floor(5 * percent_rank() OVER (PARTITION BY a.currency ORDER BY a.recent)))::INTEGER END AS monetary,
  a.currency AS value_currency, a.weighted AS weighted_value,
  CASE WHEN a.before > 0 THEN round(100 * (a.year - a.before) / a.before, 1) END AS value_change
FROM sales s
SEMI JOIN node_customer c ON c.customer_id = s.customer_id AND (c.ended_at IS NULL OR c.ended_at > $now)
LEFT JOIN order_rhythm u ON u.customer_id = s.customer_id
LEFT JOIN families f ON f.customer_id = s.customer_id
LEFT JOIN profile_amount a ON a.customer_id = s.customer_id AND a.main
