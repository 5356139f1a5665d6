-- name: profile.payments  params: now, year  relations: -
-- Of each customer: mean days from the due day of an invoice to its payment, of those paid within a year, and by how
-- much that differs from the year before; unpaid invoices, those past
-- their due day and since when the oldest is, when the next is due, credit
-- notes of a year; running contracts, since when, how they renew, the next end of a contract and the last one.
WITH settled AS (
  SELECT a.end_id AS invoice_id, sum(coalesce(a.amount, p.amount, 0)) AS amount
  FROM node_payment p
  JOIN edge_about a ON a.start_label = 'Payment' AND a.start_id = p.payment_id AND a.end_label = 'Invoice'
  WHERE p.paid_at <= $now AND (p.ended_at IS NULL OR p.ended_at > $now)
  GROUP BY a.end_id
), invoice AS (
  SELECT f.end_id AS customer_id, i.kind IS NOT DISTINCT FROM 'credit_note' AS credit, i.issued_at, i.due_at, i.paid_at,
    date_diff('second', i.due_at, i.paid_at) / 86400.0 AS delay,
    (i.paid_at IS NULL OR i.paid_at > $now)
      AND coalesce(i.open_amount, coalesce(i.amount_with_tax, i.amount) - coalesce(s.amount, 0), 1) >= 0.005 AS unpaid
  FROM node_invoice i
  JOIN edge_for f ON f.start_label = 'Invoice' AND f.start_id = i.invoice_id
  LEFT JOIN settled s USING (invoice_id)
  WHERE i.issued_at <= $now AND (i.ended_at IS NULL OR i.ended_at > $now)
), owed AS (
  SELECT customer_id,
    avg(delay) FILTER (paid_at <= $now AND paid_at > $now - to_days($year)) AS delay,
    avg(delay) FILTER (paid_at <= $now - to_days($year) AND paid_at > $now - to_days(2 * $year)) AS delay_before,
    count(*) FILTER (unpaid AND NOT credit) AS open_invoices,
    count(*) FILTER (unpaid AND NOT credit AND due_at < $now) AS overdue_invoices,
    min(due_at) FILTER (unpaid AND NOT credit AND due_at < $now) AS overdue_since,
    min(due_at) FILTER (unpaid AND NOT credit AND due_at >= $now) AS next_due_at,
    count(*) FILTER (credit AND issued_at > $now - to_days($year)) AS credit_notes_365
  FROM invoice GROUP BY customer_id
), contract AS (
  SELECT f.end_id AS customer_id, c.starts_at, c.ends_at, c.renewal,
    (c.starts_at IS NULL OR c.starts_at <= $now) AND (c.ends_at IS NULL OR c.ends_at > $now) AS running
  FROM node_contract c JOIN edge_for f ON f.start_label = 'Contract' AND f.start_id = c.contract_id
  WHERE (c.ended_at IS NULL OR c.ended_at > $now)
), agreed AS (
  SELECT customer_id, count(*) FILTER (running) AS contracts, min(starts_at) FILTER (running) AS contract_since,
    min(ends_at) FILTER (ends_at >= $now) AS renewal_at,
    max(ends_at) FILTER (ends_at <= $now) AS contract_ended_at,
    list_sort(list(DISTINCT renewal) FILTER (running AND renewal IS NOT NULL)) AS renewal_kinds
  FROM contract GROUP BY customer_id
)
SELECT c.customer_id, round(o.delay, 1) AS payment_delay, round(o.delay - o.delay_before, 1) AS payment_delay_change,
  coalesce(o.open_invoices, 0) AS open_invoices, coalesce(o.overdue_invoices, 0) AS overdue_invoices, o.overdue_since, o.next_due_at,
  coalesce(o.credit_notes_365, 0) AS credit_notes_365, coalesce(a.contracts, 0) AS contracts, a.contract_since,
  a.renewal_at, a.contract_ended_at, a.renewal_kinds
FROM node_customer c
LEFT JOIN owed o USING (customer_id)
LEFT JOIN agreed a USING (customer_id)
WHERE (c.ended_at IS NULL OR c.ended_at > $now)
