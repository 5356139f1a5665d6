-- name: snapshot.invoices  params: before  relations: -
-- Bills issued before the moment. One that payments settle wholly was paid with the last of them, where the source says no day.
SELECT i.invoice_id, f.end_id AS customer_id, coalesce(i.amount_with_tax, i.amount) AS amount,
    date_trunc('milliseconds', i.issued_at) AS issued_at, date_trunc('milliseconds', i.due_at) AS due_at,
    date_trunc('milliseconds', coalesce(i.paid_at, s.settled_at)) AS paid_at,
    date_trunc('milliseconds', i.ended_at) AS ended_at
FROM node_invoice i
JOIN edge_for f ON f.start_id = i.invoice_id AND f.start_label = 'Invoice' AND f.end_label = 'Customer'
LEFT JOIN (
    SELECT a.end_id AS invoice_id, max(p.paid_at) AS settled_at, sum(coalesce(a.amount, p.amount)) AS settled
    FROM edge_about a
    JOIN node_payment p ON p.payment_id = a.start_id
    WHERE a.start_label = 'Payment' AND a.end_label = 'Invoice' AND (p.ended_at IS NULL OR p.ended_at > $before)
    GROUP BY a.end_id
) s ON s.invoice_id = i.invoice_id AND s.settled >= coalesce(i.amount_with_tax, i.amount) - 0.005
WHERE i.issued_at < $before AND i.kind = 'invoice'
