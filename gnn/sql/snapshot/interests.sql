-- name: snapshot.interests  params: before  relations: -
-- Products that opportunities and tickets are about.
SELECT 'opportunity' AS kind, o.opportunity_id AS source_id, a.end_id AS product_id
FROM node_opportunity o
JOIN edge_about a ON a.start_label = 'Opportunity' AND a.start_id = o.opportunity_id AND a.end_label = 'Product'
WHERE o.opened_at < $before AND (o.ended_at IS NULL OR o.ended_at > $before)
UNION ALL
SELECT 'ticket', t.ticket_id, a.end_id
FROM node_ticket t
JOIN edge_about a ON a.start_label = 'Ticket' AND a.start_id = t.ticket_id AND a.end_label = 'Product'
WHERE t.opened_at < $before AND (t.ended_at IS NULL OR t.ended_at > $before)
