-- name: alert.renewals  params: now, ahead  relations: -
-- Contracts that end within the next $ahead days.
SELECT f.end_id AS customer_id, 'Contract:' || c.contract_id AS subject, c.ends_at - to_days($ahead) AS since,
  'warning' AS severity,
  to_json({name: coalesce(c.name, c.contract_id), count: greatest(date_sub('day', $now, c.ends_at), 1)})::VARCHAR
    AS figures,
  ['Contract:' || c.contract_id] AS evidence
FROM node_contract c
JOIN edge_for f ON f.start_label = 'Contract' AND f.start_id = c.contract_id AND f.end_label = 'Customer'
SEMI JOIN alert_customer k ON k.customer_id = f.end_id
WHERE c.ends_at >= $now AND c.ends_at <= $now + to_days($ahead) AND c.ended_at IS NULL
ORDER BY customer_id, subject
