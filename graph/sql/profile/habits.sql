-- name: profile.habits  params: now, year  relations: -
-- How each customer buys: orders of 90 days and of the 90 before, of the year before and of all time, months of a year
-- with an order, returns, the mean order against that of the year before, what the largest order and the largest family
-- are of a year's value, families that came and went, lateness of deliveries, discount on list prices, the share of the
-- orders of two years that came within the 90 days that now lie ahead, and how unevenly its order days are spaced.
-- Amounts are those in the currency of most of its orders (profile_amount). Rounded, for the order of sums is not fixed.
WITH bought AS (
  SELECT p.*, p.currency IS NOT DISTINCT FROM a.currency AS main,
    p.ordered_at > $now - to_days($year) AS recent,
    p.ordered_at <= $now - to_days($year) AND p.ordered_at > $now - to_days(2 * $year) AS before
  FROM profile_purchase p
  LEFT JOIN profile_amount a ON a.customer_id = p.customer_id AND a.main
), counted AS (
  SELECT customer_id,
    count(*) FILTER (NOT returned) AS orders_total,
    count(*) FILTER (NOT returned AND ordered_at > $now - to_days(90)) AS orders_90,
    count(*) FILTER (NOT returned AND ordered_at <= $now - to_days(90) AND ordered_at > $now - to_days(180))
      AS orders_before_90,
    count(*) FILTER (NOT returned AND before) AS orders_before_365,
    count(DISTINCT date_trunc('month', ordered_at)) FILTER (NOT returned AND recent) AS months_365,
    count(*) FILTER (returned AND recent) AS returns_365,
    count(*) FILTER (NOT returned AND ordered_at > $now - to_days(730)) AS orders_730,
    count(*) FILTER (NOT returned AND ordered_at > $now - to_days(730) AND (
      ordered_at >= $now - to_days(365) AND ordered_at < $now - to_days(275)
      OR ordered_at >= $now - to_days(730) AND ordered_at < $now - to_days(640))) AS season,
    sum(amount) FILTER (main AND recent AND NOT returned) AS sold,
    -sum(amount) FILTER (main AND recent AND returned) AS sent_back,
    max(amount) FILTER (main AND recent AND NOT returned) AS largest,
    avg(amount) FILTER (main AND recent AND NOT returned) AS mean_now,
    avg(amount) FILTER (main AND before AND NOT returned) AS mean_before
  FROM bought GROUP BY customer_id
), lines AS (
  SELECT b.customer_id, b.ordered_at, b.recent, b.main, l.end_id AS product_id, n.family, l.amount, l.quantity,
    CASE WHEN n.currency = b.currency THEN n.list_price END AS list_price
  FROM bought b
  JOIN edge_contains l ON l.start_label = 'Order' AND l.start_id = b.order_id
  JOIN node_product n ON n.product_id = l.end_id
  WHERE NOT b.returned
), families AS (
  SELECT customer_id, family, bool_or(recent) AS still, min(ordered_at) AS first_at, max(ordered_at) AS last_at,
    sum(amount) FILTER (recent AND main) AS amount
  FROM lines WHERE family IS NOT NULL GROUP BY customer_id, family
), firsts AS (
  SELECT customer_id, min(ordered_at) AS first_at FROM bought WHERE NOT returned GROUP BY customer_id
), kinds AS (
  SELECT customer_id,
    list_sort(list(family) FILTER (NOT still AND f.last_at > $now - to_days(2 * $year))) AS families_dropped,
    list_sort(list(family) FILTER (
      f.first_at > $now - to_days($year) AND o.first_at <= $now - to_days($year))) AS families_new,
    CASE WHEN sum(amount) > 0 THEN round(100 * max(amount) / sum(amount), 1) END AS family_share
  FROM families f JOIN firsts o USING (customer_id) GROUP BY customer_id
), prices AS (
  SELECT customer_id, count(DISTINCT product_id) FILTER (recent) AS products_365,
    CASE WHEN sum(list_price * quantity) FILTER (recent AND amount IS NOT NULL) > 0 THEN
      round(100 * (1 - sum(amount) FILTER (recent AND list_price * quantity IS NOT NULL)
        / sum(list_price * quantity) FILTER (recent AND amount IS NOT NULL)), 1) END AS discount
  FROM lines GROUP BY customer_id
), deliveries AS (
  SELECT b.customer_id,
    CASE WHEN count(*) FILTER (o.delivered_at <= $now) > 0 THEN round(100.0
      * count(*) FILTER (o.delivered_at <= $now AND o.delivered_at > o.promised_at)
      / count(*) FILTER (o.delivered_at <= $now), 1) END AS late_share,
    count(*) FILTER (o.promised_at < $now AND (o.delivered_at IS NULL OR o.delivered_at > $now)) AS overdue_deliveries
  FROM bought b JOIN node_order o USING (order_id)
  WHERE b.recent AND NOT b.returned AND o.promised_at IS NOT NULL
  GROUP BY b.customer_id
), gaps AS (
  SELECT customer_id,
    date_diff('day', lag(day) OVER (PARTITION BY customer_id ORDER BY day), day) AS gap
  FROM (SELECT DISTINCT customer_id, date_trunc('day', ordered_at) AS day FROM bought WHERE NOT returned)
), spread AS (
  SELECT customer_id, round(100 * stddev_pop(gap) / avg(gap), 1) AS rhythm_spread
  FROM gaps GROUP BY customer_id HAVING count(gap) >= 4
)
SELECT c.customer_id, coalesce(n.orders_total, 0) AS orders_total, coalesce(n.orders_90, 0) AS orders_90,
  coalesce(n.orders_before_90, 0) AS orders_before_90, coalesce(n.orders_before_365, 0) AS orders_before_365,
  coalesce(n.months_365, 0) AS months_365, coalesce(n.returns_365, 0) AS returns_365,
  CASE WHEN n.sold > 0 THEN round(100 * coalesce(n.sent_back, 0) / n.sold, 1) END AS return_share,
  CASE WHEN n.mean_before > 0 THEN round(100 * (n.mean_now - n.mean_before) / n.mean_before, 1) END
    AS order_size_change,
  CASE WHEN n.sold > 0 THEN round(100 * n.largest / n.sold, 1) END AS largest_share,
  CASE WHEN n.orders_730 >= 4 THEN round(100.0 * n.season / n.orders_730, 1) END AS season_ahead,
  k.families_dropped, k.families_new, k.family_share, coalesce(p.products_365, 0) AS products_365, p.discount,
  d.late_share, coalesce(d.overdue_deliveries, 0) AS overdue_deliveries, s.rhythm_spread
FROM node_customer c
LEFT JOIN counted n USING (customer_id)
LEFT JOIN kinds k USING (customer_id)
LEFT JOIN prices p USING (customer_id)
LEFT JOIN deliveries d USING (customer_id)
LEFT JOIN spread s USING (customer_id)
WHERE (c.ended_at IS NULL OR c.ended_at > $now)
