-- name: alert.deal_past_close  params: now, grave  relations: -
-- Open deals whose expected close has passed; grave after $grave days.
SELECT f.end_id AS customer_id, 'Opportunity:' || o.opportunity_id AS subject, o.expected_at AS since,
  CASE WHEN o.expected_at + to_days($grave) < $now THEN 'critical' ELSE 'warning' END AS severity,
  to_json({name: coalesce(o.name, o.opportunity_id), count: greatest(date_sub('day', o.expected_at, $now), 1),
    stage: o.stage})::VARCHAR AS figures,
  ['Opportunity:' || o.opportunity_id] AS evidence
FROM node_opportunity o
JOIN edge_for f ON f.start_label = 'Opportunity' AND f.start_id = o.opportunity_id AND f.end_label = 'Customer'
SEMI JOIN alert_customer c ON c.customer_id = f.end_id
WHERE o.expected_at < $now AND (o.opened_at IS NULL OR o.opened_at <= $now) AND o.ended_at IS NULL
  AND (o.closed_at IS NULL AND o.outcome IS NULL OR o.closed_at > $now)
ORDER BY customer_id, subject
