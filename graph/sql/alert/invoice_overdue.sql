-- name: alert.invoice_overdue  params: now, patience, grave  relations: -
-- Customers with invoices unpaid $patience days after they were due; what the source says is owed counts, else the
-- amount less the payments that settled it. Grave from $grave days.
WITH settled AS (
  SELECT a.end_id AS invoice_id, sum(coalesce(a.amount, p.amount, 0)) AS amount
  FROM node_payment p
  JOIN edge_about a ON a.start_label = 'Payment' AND a.start_id = p.payment_id AND a.end_label = 'Invoice'
  WHERE p.paid_at <= $now AND p.ended_at IS NULL
  GROUP BY a.end_id
), owed AS (
  SELECT f.end_id AS customer_id, i.invoice_id, i.due_at, coalesce(i.currency, '') AS currency,
    coalesce(i.open_amount, coalesce(i.amount_with_tax, i.amount) - coalesce(s.amount, 0)) AS amount
  FROM node_invoice i
  JOIN edge_for f ON f.start_label = 'Invoice' AND f.start_id = i.invoice_id AND f.end_label = 'Customer'
  LEFT JOIN settled s USING (invoice_id)
  WHERE i.kind IS DISTINCT FROM 'credit_note' AND i.issued_at <= $now AND i.ended_at IS NULL
    AND (i.paid_at IS NULL OR i.paid_at > $now) AND i.due_at + to_days($patience) < $now
), late AS (
  SELECT * FROM owed WHERE amount IS NULL OR amount >= 0.005
), sums AS (
  SELECT customer_id, currency, round(sum(amount), 2) AS amount FROM late GROUP BY ALL HAVING sum(amount) IS NOT NULL
)
SELECT customer_id, NULL AS subject, min(due_at) + to_days($patience) AS since,
  CASE WHEN min(due_at) + to_days($grave) < $now THEN 'critical' ELSE 'warning' END AS severity,
  to_json({count: count(*), days: date_sub('day', min(due_at), $now), owed: (
    SELECT list({currency: currency, amount: amount} ORDER BY currency) FROM sums s
    WHERE s.customer_id = late.customer_id)})::VARCHAR AS figures,
  list('Invoice:' || invoice_id ORDER BY due_at, invoice_id)[:20] AS evidence
FROM late
SEMI JOIN alert_customer USING (customer_id)
GROUP BY customer_id
ORDER BY customer_id
