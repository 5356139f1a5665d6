-- name: recomputed.receivables  params: now, asked  relations: -
-- Invoices that are not wholly paid, and what of each is owed: as the source says, else what payments left.
WITH paid AS (
  SELECT a.end_id AS invoice_id, sum(coalesce(a.amount, p.amount)) AS amount
  FROM node_payment p
  JOIN edge_about a ON a.start_label = 'Payment' AND a.end_label = 'Invoice' AND a.start_id = p.payment_id
  WHERE p.paid_at <= $now AND (p.ended_at IS NULL OR p.ended_at > $now)
  GROUP BY ALL
), open AS (
  SELECT f.end_id AS customer_id, i.invoice_id,
    coalesce(i.open_amount, coalesce(i.amount_with_tax, i.amount) - coalesce(paid.amount, 0)) AS owed
  FROM node_invoice i
  JOIN edge_for f ON f.start_label = 'Invoice' AND f.end_label = 'Customer' AND f.start_id = i.invoice_id
  LEFT JOIN paid USING (invoice_id)
  WHERE i.issued_at <= $now AND (i.ended_at IS NULL OR i.ended_at > $now) AND (i.paid_at IS NULL OR i.paid_at > $now)
    AND f.end_id IN (SELECT unnest($asked))
)
SELECT customer_id, invoice_id, round(owed, 2) AS owed
FROM open
WHERE owed IS NULL OR abs(owed) >= 0.005
ORDER BY customer_id, invoice_id
