-- name: snapshot.interactions  params: before  relations: -
-- Interactions before the moment, with the customer they are filed under, if any.
SELECT i.interaction_id, f.end_id AS customer_id, i.channel, i.direction, date_trunc('milliseconds', i.at) AS at,
    date_trunc('milliseconds', i.ended_at) AS ended_at
FROM node_interaction i
LEFT JOIN edge_for f ON f.start_id = i.interaction_id AND f.start_label = 'Interaction' AND f.end_label = 'Customer'
WHERE i.at < $before AND seen_by_company(i.visibility)
