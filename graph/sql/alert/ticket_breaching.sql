-- name: alert.ticket_breaching  params: now  relations: -
-- Customers with open tickets whose agreed time has passed.
SELECT f.end_id AS customer_id, NULL AS subject, min(t.opened_at) AS since, 'critical' AS severity,
  to_json({count: count(*), days: date_sub('day', min(t.opened_at), $now)})::VARCHAR AS figures,
  list('Ticket:' || t.ticket_id ORDER BY t.opened_at, t.ticket_id)[:20] AS evidence
FROM node_ticket t
JOIN edge_for f ON f.start_label = 'Ticket' AND f.start_id = t.ticket_id AND f.end_label = 'Customer'
SEMI JOIN alert_customer c ON c.customer_id = f.end_id
WHERE t.opened_at <= $now AND (t.closed_at IS NULL OR t.closed_at > $now) AND t.sla_breached
  AND t.ended_at IS NULL
GROUP BY f.end_id
ORDER BY customer_id
