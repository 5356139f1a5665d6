-- name: snapshot.opportunities  params: before  relations: -
-- Opportunities opened before the moment.
SELECT o.opportunity_id, f.end_id AS customer_id, o.outcome,
    date_trunc('milliseconds', o.opened_at) AS opened_at, date_trunc('milliseconds', o.closed_at) AS closed_at,
    date_trunc('milliseconds', o.ended_at) AS ended_at
FROM node_opportunity o
JOIN edge_for f ON f.start_id = o.opportunity_id AND f.start_label = 'Opportunity' AND f.end_label = 'Customer'
WHERE o.opened_at < $before
