-- name: snapshot.tickets  params: before, urgent  relations: -
-- Tickets opened before the moment; `urgent` are the words for priorities that cannot wait. A priority is the first that a
-- source told, none where its first rows tell none: what it was raised to later was not known on all days since.
WITH told AS (
    SELECT e.end_id AS ticket_id, r.values ->> '$.priority' AS priority
    FROM node_source_record r
    JOIN edge_record_of e ON e.start_id = r.record_id AND e.end_label = 'Ticket'
    QUALIFY r.known_from = min(r.known_from) OVER (PARTITION BY e.end_id)),
first AS (SELECT ticket_id, min(priority) AS priority FROM told GROUP BY ticket_id)
SELECT t.ticket_id, f.end_id AS customer_id,
    CAST(list_contains($urgent, lower(coalesce(
        CASE WHEN first.ticket_id IS NULL THEN t.priority ELSE first.priority END, ''))) AS DOUBLE) AS urgent,
    CAST(t.sla_breached AS DOUBLE) AS sla_breached, t.satisfaction,
    date_trunc('milliseconds', t.opened_at) AS opened_at, date_trunc('milliseconds', t.closed_at) AS closed_at,
    date_trunc('milliseconds', t.ended_at) AS ended_at
FROM node_ticket t
LEFT JOIN first USING (ticket_id)
JOIN edge_for f ON f.start_id = t.ticket_id AND f.start_label = 'Ticket' AND f.end_label = 'Customer'
WHERE t.opened_at < $before
