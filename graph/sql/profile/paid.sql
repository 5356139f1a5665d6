-- name: profile.paid  params: customer_id, now, year  relations: -
-- Of one customer the invoices that were paid within the last two years, as profile.payments counts them: days from the
-- issue to the agreed day, from the issue to the payment, and whether it was paid within the last year.
SELECT i.invoice_id, date_diff('second', i.issued_at, i.due_at) / 86400.0 AS agreed,
  date_diff('second', i.issued_at, i.paid_at) / 86400.0 AS taken, i.paid_at > $now - to_days($year) AS recent
FROM node_invoice i
JOIN edge_for f ON f.start_label = 'Invoice' AND f.start_id = i.invoice_id AND f.end_id = $customer_id
WHERE i.issued_at <= $now AND i.due_at IS NOT NULL AND i.paid_at <= $now AND i.paid_at > $now - to_days(2 * $year)
  AND (i.ended_at IS NULL OR i.ended_at > $now)
ORDER BY i.invoice_id
