-- name: recomputed.tickets  params: now, asked  relations: -
SELECT f.end_id AS customer_id, count(*) AS tickets, count(*) FILTER (closed_at IS NULL OR closed_at > $now) AS open,
    count(*) FILTER (sla_breached) AS breached
FROM node_ticket t
JOIN edge_for f ON f.start_label = 'Ticket' AND f.end_label = 'Customer' AND f.start_id = t.ticket_id
WHERE t.opened_at <= $now AND (t.ended_at IS NULL OR t.ended_at > $now) AND f.end_id IN (SELECT unnest($asked))
GROUP BY ALL
