-- name: profile.records  params: now, window  relations: -
-- Of each customer: deals in work, won and lost within $window days, tickets, unpaid invoices past their due day, the
-- next end of a contract, and people who work there. What a source has deleted does not count.
WITH settled AS (
  SELECT a.end_id AS invoice_id, sum(coalesce(a.amount, p.amount, 0)) AS amount
  FROM node_payment p
  JOIN edge_about a ON a.start_label = 'Payment' AND a.start_id = p.payment_id AND a.end_label = 'Invoice'
  WHERE p.paid_at <= $now AND p.ended_at IS NULL
  GROUP BY a.end_id
), told AS (
  SELECT f.end_id AS customer_id, 'open_deal' AS what, NULL::TIMESTAMP AS moment
  FROM node_opportunity o JOIN edge_for f ON f.start_label = 'Opportunity' AND f.start_id = o.opportunity_id
  WHERE (o.opened_at IS NULL OR o.opened_at <= $now) AND o.ended_at IS NULL
    AND (o.closed_at IS NULL AND o.outcome IS NULL OR o.closed_at > $now)
  UNION ALL
  SELECT f.end_id, o.outcome, NULL
  FROM node_opportunity o JOIN edge_for f ON f.start_label = 'Opportunity' AND f.start_id = o.opportunity_id
  WHERE o.closed_at <= $now AND o.closed_at > $now - to_days($window) AND o.ended_at IS NULL
  UNION ALL
  SELECT f.end_id, CASE WHEN t.closed_at IS NULL OR t.closed_at > $now THEN 'open_ticket' ELSE 'ticket' END, t.opened_at
  FROM node_ticket t JOIN edge_for f ON f.start_label = 'Ticket' AND f.start_id = t.ticket_id
  WHERE t.opened_at <= $now AND t.ended_at IS NULL
  UNION ALL
  SELECT f.end_id, 'overdue', NULL
  FROM node_invoice i
  JOIN edge_for f ON f.start_label = 'Invoice' AND f.start_id = i.invoice_id
  LEFT JOIN settled s USING (invoice_id)
  WHERE i.kind IS DISTINCT FROM 'credit_note' AND i.issued_at <= $now AND i.ended_at IS NULL AND i.due_at < $now
    AND (i.paid_at IS NULL OR i.paid_at > $now)
    AND coalesce(i.open_amount, coalesce(i.amount_with_tax, i.amount) - coalesce(s.amount, 0), 1) >= 0.005
  UNION ALL
  SELECT f.end_id, 'contract', c.ends_at
  FROM node_contract c JOIN edge_for f ON f.start_label = 'Contract' AND f.start_id = c.contract_id
  WHERE c.ends_at >= $now AND c.ended_at IS NULL
  UNION ALL
  SELECT DISTINCT w.end_id, 'contact: ' || w.start_id, NULL
  FROM edge_works_at w
  JOIN node_contact p ON p.contact_id = w.start_id AND p.ended_at IS NULL
  WHERE seen_by_company(w.visibility) AND w.valid_from <= $now AND (w.valid_to IS NULL OR w.valid_to > $now)
    AND coalesce(w.known_from, w.valid_from) <= $now AND (w.known_to IS NULL OR w.known_to > $now)
)
SELECT customer_id,
  count(*) FILTER (what = 'open_deal') AS open_deals,
  count(*) FILTER (what = 'won') AS won_deals,
  count(*) FILTER (what = 'lost') AS lost_deals,
  count(*) FILTER (what = 'open_ticket') AS open_tickets,
  count(*) FILTER (what IN ('open_ticket', 'ticket') AND moment > $now - to_days(90)) AS tickets_90,
  count(*) FILTER (what = 'overdue') AS overdue_invoices,
  min(moment) FILTER (what = 'contract') AS renewal_at,
  count(*) FILTER (what LIKE 'contact: %') AS contacts
FROM told
GROUP BY customer_id
