-- name: profile.amounts  params: now, year, window, half_life  relations: -
-- Net value of the orders (profile_purchase) of each customer and currency: of a year ($year days), of the year
-- before, of $window days, and of all, an order counting half for every $half_life days before the newest one.
-- Rounded, for the sum of floats depends on their order. The main currency of a customer is that of most of its orders; of equal counts that of the larger value.
WITH summed AS (
  SELECT p.customer_id, p.currency, count(*) AS orders,
    coalesce(round(sum(amount) FILTER (ordered_at > $now - to_days($year)), 2), 0)::DOUBLE AS year,
    coalesce(round(sum(amount) FILTER (
      ordered_at <= $now - to_days($year) AND ordered_at > $now - to_days(2 * $year)), 2), 0)::DOUBLE AS before,
    coalesce(round(sum(amount) FILTER (ordered_at > $now - to_days($window)), 2), 0)::DOUBLE AS recent,
    coalesce(round(sum(amount * 0.5 ** (date_diff('second', ordered_at, newest) / 86400.0 / $half_life)), 2), 0)
      ::DOUBLE AS weighted
  FROM profile_purchase p
  JOIN (SELECT customer_id, max(ordered_at) AS newest FROM profile_purchase GROUP BY customer_id) USING (customer_id)
  WHERE p.currency IS NOT NULL AND p.amount IS NOT NULL
  GROUP BY p.customer_id, p.currency
)
SELECT *, row_number() OVER (PARTITION BY customer_id ORDER BY orders DESC, weighted DESC, currency) = 1 AS main
FROM summed
