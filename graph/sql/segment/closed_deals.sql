-- name: segment.closed_deals  params: now, window  relations: -
-- Deals closed within $window days: won or not, the share of the customer's profile that is filled (today), and what was
-- true before the deal was opened. Large: above the median of the closed deals of the currency, of the customers.
WITH closed AS (
  SELECT o.opportunity_id, f.end_id AS customer_id, o.outcome = 'won' AS won, o.amount,
    coalesce(o.opened_at, o.closed_at) AS opened_at, median(o.amount) OVER (PARTITION BY o.currency) AS usual
  FROM node_opportunity o
  JOIN edge_for f ON f.start_label = 'Opportunity' AND f.start_id = o.opportunity_id AND f.end_label = 'Customer'
  WHERE o.outcome IN ('won', 'lost') AND o.closed_at <= $now AND o.closed_at > $now - to_days($window)
    AND o.ended_at IS NULL
), profile AS (
  SELECT customer_id, employees > median(employees) OVER () AS large,
    list_sum(list_transform([short_name, tax_id, industry, region, city, country, employees::VARCHAR, revenue::VARCHAR,
      website, phone, nullif(len(domains), 0)::VARCHAR], lambda value: (value IS NOT NULL)::INTEGER)) / 11.0 AS filled
  FROM customer_profile
), first_order AS (
  SELECT customer_id, min(ordered_at) AS first_at FROM profile_purchase WHERE NOT returned GROUP BY customer_id
)
SELECT c.won, p.filled::DOUBLE AS completeness, coalesce(b.first_at < c.opened_at, FALSE) AS ordered_before,
  coalesce(c.amount > c.usual, FALSE) AS large_deal, coalesce(p.large, FALSE) AS large_company
FROM closed c
JOIN profile p USING (customer_id)
LEFT JOIN first_order b USING (customer_id)
ORDER BY c.opportunity_id, c.customer_id
