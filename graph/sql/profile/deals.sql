-- name: profile.deals  params: now, year, window  relations: -
-- Of each customer: deals in work, won and lost within $window days; since when the oldest open deal is open, when the next is expected to close, how many are past that,
-- their stages and product families; days of the last won and lost deal, and of those closed within $window days the
-- share that was won and why others were lost; open leads and where leads of a year came from; quotes of a year that no
-- order answers, by whether they are still valid.
WITH deals AS (
  SELECT f.end_id AS customer_id, o.*,
    (o.closed_at IS NULL AND o.outcome IS NULL OR o.closed_at > $now) AS is_open,
    o.closed_at <= $now AND o.closed_at > $now - to_days($window) AS lately
  FROM node_opportunity o JOIN edge_for f ON f.start_label = 'Opportunity' AND f.start_id = o.opportunity_id
  WHERE (o.opened_at IS NULL OR o.opened_at <= $now) AND (o.ended_at IS NULL OR o.ended_at > $now)
), dealt AS (
  SELECT customer_id,
    count(*) FILTER (is_open) AS open_deals,
    count(*) FILTER (lately AND outcome = 'won') AS won_deals,
    count(*) FILTER (lately AND outcome = 'lost') AS lost_deals,
    min(opened_at) FILTER (is_open) AS deal_opened_at,
    min(expected_at) FILTER (is_open AND expected_at >= $now) AS deal_expected_at,
    count(*) FILTER (is_open AND expected_at < $now) AS deals_past_close,
    list_sort(list(DISTINCT stage) FILTER (is_open AND stage IS NOT NULL)) AS deal_stages,
    max(closed_at) FILTER (NOT is_open AND closed_at <= $now AND outcome = 'won') AS won_at,
    max(closed_at) FILTER (NOT is_open AND closed_at <= $now AND outcome = 'lost') AS lost_at,
    list_sort(list(DISTINCT lost_reason) FILTER (lately AND outcome = 'lost' AND lost_reason IS NOT NULL))
      AS lost_reasons,
    CASE WHEN count(*) FILTER (lately AND outcome IS NOT NULL) > 0 THEN round(100.0
      * count(*) FILTER (lately AND outcome = 'won') / count(*) FILTER (lately AND outcome IS NOT NULL), 1) END
      AS win_rate
  FROM deals GROUP BY customer_id
), wanted AS (
  SELECT d.customer_id, list_sort(list(DISTINCT n.family)) AS deal_families
  FROM deals d
  JOIN edge_about a ON a.start_label = 'Opportunity' AND a.start_id = d.opportunity_id AND a.end_label = 'Product'
  JOIN node_product n ON n.product_id = a.end_id
  WHERE d.is_open AND n.family IS NOT NULL
  GROUP BY d.customer_id
), leads AS (
  SELECT f.end_id AS customer_id,
    count(*) FILTER (l.closed_at IS NULL AND l.outcome IS NULL OR l.closed_at > $now) AS open_leads,
    list_sort(list(DISTINCT l.channel) FILTER (
      l.channel IS NOT NULL AND l.opened_at > $now - to_days($year))) AS lead_channels
  FROM node_lead l JOIN edge_for f ON f.start_label = 'Lead' AND f.start_id = l.lead_id
  WHERE (l.opened_at IS NULL OR l.opened_at <= $now) AND (l.ended_at IS NULL OR l.ended_at > $now)
  GROUP BY f.end_id
), answered AS (
  SELECT DISTINCT a.end_id AS quote_id
  FROM edge_about a JOIN node_order o ON a.start_label = 'Order' AND o.order_id = a.start_id
  WHERE a.end_label = 'Quote' AND o.ordered_at <= $now AND (o.ended_at IS NULL OR o.ended_at > $now)
), quotes AS (
  SELECT f.end_id AS customer_id, max(q.quoted_at) AS quoted_at,
    count(*) FILTER (q.quoted_at > $now - to_days($year) AND a.quote_id IS NULL
      AND (q.valid_until IS NULL OR q.valid_until >= $now)) AS quotes_waiting,
    count(*) FILTER (q.quoted_at > $now - to_days($year) AND a.quote_id IS NULL AND q.valid_until < $now)
      AS quotes_lapsed
  FROM node_quote q
  JOIN edge_for f ON f.start_label = 'Quote' AND f.start_id = q.quote_id
  LEFT JOIN answered a USING (quote_id)
  WHERE q.quoted_at <= $now AND (q.ended_at IS NULL OR q.ended_at > $now)
  GROUP BY f.end_id
)
SELECT c.customer_id, coalesce(d.open_deals, 0) AS open_deals, coalesce(d.won_deals, 0) AS won_deals,
  coalesce(d.lost_deals, 0) AS lost_deals, d.deal_opened_at, d.deal_expected_at, coalesce(d.deals_past_close, 0) AS deals_past_close,
  d.deal_stages, w.deal_families, d.won_at, d.lost_at, d.lost_reasons, d.win_rate,
  coalesce(l.open_leads, 0) AS open_leads, l.lead_channels, q.quoted_at,
  coalesce(q.quotes_waiting, 0) AS quotes_waiting, coalesce(q.quotes_lapsed, 0) AS quotes_lapsed
FROM node_customer c
LEFT JOIN dealt d USING (customer_id)
LEFT JOIN wanted w USING (customer_id)
LEFT JOIN leads l USING (customer_id)
LEFT JOIN quotes q USING (customer_id)
WHERE (c.ended_at IS NULL OR c.ended_at > $now)
