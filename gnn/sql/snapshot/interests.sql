-- name: snapshot.interests  params: before  relations: -
-- Products that opportunities and tickets are about, from when on: what is put on a deal changes with its course, and
-- has no day but its own; what a ticket is about was said when it was opened.
SELECT 'opportunity' AS kind, o.opportunity_id AS source_id, a.end_id AS product_id,
    date_trunc('milliseconds', a.added_at) AS at
FROM node_opportunity o
JOIN edge_about a ON a.start_label = 'Opportunity' AND a.start_id = o.opportunity_id AND a.end_label = 'Product'
WHERE a.added_at < $before AND o.opened_at < $before
UNION ALL
SELECT 'ticket', t.ticket_id, a.end_id, date_trunc('milliseconds', coalesce(a.added_at, t.opened_at))
FROM node_ticket t
JOIN edge_about a ON a.start_label = 'Ticket' AND a.start_id = t.ticket_id AND a.end_label = 'Product'
WHERE coalesce(a.added_at, t.opened_at) < $before AND t.opened_at < $before
