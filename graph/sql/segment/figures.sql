-- name: segment.figures  params: now, year, window  relations: -
-- Of each segment (segment_member) how many customers it has, how many have ordered, what became of the deals closed
-- within $window days, and of those whose first order lies $year days back or more how many ordered again within
-- $year days of it, on another day. The company as a whole first, then the largest.
WITH bought AS (
  SELECT customer_id, min(ordered_at) AS first_at
  FROM profile_purchase WHERE NOT returned GROUP BY customer_id
), again AS (
  SELECT DISTINCT p.customer_id
  FROM profile_purchase p
  JOIN bought b USING (customer_id)
  WHERE NOT p.returned AND date_trunc('day', p.ordered_at) > date_trunc('day', b.first_at)
    AND p.ordered_at <= b.first_at + to_days($year)
), deals AS (
  SELECT f.end_id AS customer_id, count(*) AS deals, count(*) FILTER (o.outcome = 'won') AS won
  FROM node_opportunity o
  JOIN edge_for f ON f.start_label = 'Opportunity' AND f.start_id = o.opportunity_id AND f.end_label = 'Customer'
  WHERE o.outcome IN ('won', 'lost') AND o.closed_at <= $now AND o.closed_at > $now - to_days($window)
    AND o.ended_at IS NULL
  GROUP BY f.end_id
), counted AS (
  SELECT m.segment_id, count(*) AS customers, count(b.customer_id) AS buyers, coalesce(sum(d.deals), 0)::BIGINT AS deals,
    coalesce(sum(d.won), 0)::BIGINT AS won, count(*) FILTER (b.first_at <= $now - to_days($year)) AS repurchase_of,
    count(*) FILTER (b.first_at <= $now - to_days($year) AND a.customer_id IS NOT NULL) AS repurchased
  FROM segment_member m
  LEFT JOIN bought b USING (customer_id)
  LEFT JOIN again a USING (customer_id)
  LEFT JOIN deals d USING (customer_id)
  GROUP BY m.segment_id
)
SELECT segment_id, n.name, customers, buyers, buyers / nullif(customers, 0)::DOUBLE AS conversion, deals,
  won / nullif(deals, 0)::DOUBLE AS win_rate, repurchase_of, repurchased / nullif(repurchase_of, 0)::DOUBLE AS repurchase
FROM counted
LEFT JOIN node_segment n USING (segment_id)
ORDER BY segment_id IS NOT NULL, customers DESC, segment_id
