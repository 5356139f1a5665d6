-- name: snapshot.orders  params: before  relations: -
-- Orders placed before the moment; amounts in the reporting currency where a dated rate was
-- loaded. `rate` is what an amount of the order, such as that of a line, was multiplied by.
SELECT o.order_id, p.start_id AS customer_id, o.kind, coalesce(o.reporting_amount, o.amount) AS amount,
    date_trunc('milliseconds', o.ordered_at) AS at,
    CASE WHEN o.reporting_amount IS NULL THEN o.currency ELSE o.reporting_currency END AS currency,
    CASE WHEN o.reporting_amount IS NULL OR o.amount = 0 THEN 1.0 ELSE o.reporting_amount / o.amount END AS rate,
    date_trunc('milliseconds', o.ended_at) AS ended_at
FROM node_order o
JOIN edge_placed p ON p.end_id = o.order_id
WHERE o.ordered_at < $before
