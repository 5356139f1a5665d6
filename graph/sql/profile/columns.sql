-- name: profile.columns  params: now  relations: -
-- Of each customer that has ordered what segments are found by: numbers that say how it buys and how we are in touch.
SELECT customer_id,
  date_diff('second', last_order_at, $now::TIMESTAMP) / 86400.0 AS days_since_order,
  orders_365::DOUBLE AS orders_365,
  percent_rank() OVER (PARTITION BY value_currency ORDER BY weighted_value) AS value_rank,
  rhythm_days,
  len(families_365)::DOUBLE AS families_365,
  date_diff('second', last_contact_at, $now::TIMESTAMP) / 86400.0 AS silent_days,
  contacts::DOUBLE AS contacts,
  open_deals::DOUBLE AS open_deals,
  tickets_90::DOUBLE AS tickets_90
FROM customer_profile
WHERE last_order_at IS NOT NULL
ORDER BY customer_id
