-- name: snapshot.leads  params: before  relations: -
-- Leads opened before the moment; one without a customer is of nobody known.
SELECT l.lead_id, f.end_id AS customer_id, l.channel, lower(trim(l.outcome)) AS outcome,
    date_trunc('milliseconds', l.opened_at) AS opened_at, date_trunc('milliseconds', l.closed_at) AS closed_at,
    date_trunc('milliseconds', l.ended_at) AS ended_at
FROM node_lead l
LEFT JOIN edge_for f ON f.start_id = l.lead_id AND f.start_label = 'Lead' AND f.end_label = 'Customer'
WHERE l.opened_at < $before
