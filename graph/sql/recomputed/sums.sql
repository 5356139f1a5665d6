-- name: recomputed.sums  params: now, asked  relations: -
-- What each customer ordered in each currency, less what came back; nothing where no order has an amount.
SELECT p.start_id AS customer_id,
    CASE WHEN o.reporting_amount IS NULL THEN o.currency ELSE o.reporting_currency END AS in_currency,
    round(sum(coalesce(o.reporting_amount, o.amount)), 2) AS amount
FROM node_order o
JOIN edge_placed p ON p.end_id = o.order_id
WHERE o.ordered_at <= $now AND (o.ended_at IS NULL OR o.ended_at > $now) AND p.start_id IN (SELECT unnest($asked))
GROUP BY ALL
HAVING count(o.amount) > 0
ORDER BY customer_id, in_currency
