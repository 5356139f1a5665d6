-- name: recomputed.deals  params: now, asked  relations: -
SELECT f.end_id AS customer_id, o.opportunity_id, o.stage, o.amount,
    CASE WHEN o.closed_at > $now THEN NULL ELSE o.outcome END AS outcome
FROM node_opportunity o
JOIN edge_for f ON f.start_label = 'Opportunity' AND f.end_label = 'Customer' AND f.start_id = o.opportunity_id
WHERE (o.opened_at IS NULL OR o.opened_at <= $now) AND (o.ended_at IS NULL OR o.ended_at > $now)
    AND f.end_id IN (SELECT unnest($asked))
ORDER BY customer_id, o.opportunity_id
