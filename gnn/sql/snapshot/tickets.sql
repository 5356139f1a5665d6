-- name: snapshot.tickets  params: before, urgent  relations: -
-- Tickets opened before the moment; `urgent` are the words for priorities that cannot wait.
SELECT t.ticket_id, f.end_id AS customer_id, CAST(list_contains($urgent, lower(coalesce(t.priority, ''))) AS DOUBLE) AS urgent,
    CAST(t.sla_breached AS DOUBLE) AS sla_breached, t.satisfaction,
    date_trunc('milliseconds', t.opened_at) AS opened_at, date_trunc('milliseconds', t.closed_at) AS closed_at
FROM node_ticket t
JOIN edge_for f ON f.start_id = t.ticket_id AND f.start_label = 'Ticket' AND f.end_label = 'Customer'
WHERE t.opened_at < $before AND (t.ended_at IS NULL OR t.ended_at > $before)
