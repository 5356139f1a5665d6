-- name: profile.freshness  params: customer_id, now  relations: -
-- Of each kind of record or fact that a customer's figures rest on: how many there are, and the newest.
WITH dated AS (
  SELECT 'Order' AS kind, ordered_at AS moment FROM profile_purchase WHERE customer_id = $customer_id
  UNION ALL
  SELECT 'Opportunity', greatest(o.opened_at, CASE WHEN o.closed_at <= $now THEN o.closed_at END)
  FROM node_opportunity o JOIN edge_for f ON f.start_label = 'Opportunity' AND f.start_id = o.opportunity_id
  WHERE f.end_id = $customer_id AND (o.ended_at IS NULL OR o.ended_at > $now)
  UNION ALL
  SELECT 'Lead', l.opened_at
  FROM node_lead l JOIN edge_for f ON f.start_label = 'Lead' AND f.start_id = l.lead_id
  WHERE f.end_id = $customer_id AND (l.ended_at IS NULL OR l.ended_at > $now)
  UNION ALL
  SELECT 'Quote', q.quoted_at
  FROM node_quote q JOIN edge_for f ON f.start_label = 'Quote' AND f.start_id = q.quote_id
  WHERE f.end_id = $customer_id AND (q.ended_at IS NULL OR q.ended_at > $now)
  UNION ALL
  SELECT 'Ticket', greatest(t.opened_at, CASE WHEN t.closed_at <= $now THEN t.closed_at END)
  FROM node_ticket t JOIN edge_for f ON f.start_label = 'Ticket' AND f.start_id = t.ticket_id
  WHERE f.end_id = $customer_id AND (t.ended_at IS NULL OR t.ended_at > $now)
  UNION ALL
  SELECT 'Invoice', greatest(i.issued_at, CASE WHEN i.paid_at <= $now THEN i.paid_at END)
  FROM node_invoice i JOIN edge_for f ON f.start_label = 'Invoice' AND f.start_id = i.invoice_id
  WHERE f.end_id = $customer_id AND (i.ended_at IS NULL OR i.ended_at > $now)
  UNION ALL
  SELECT 'Contract', c.starts_at
  FROM node_contract c JOIN edge_for f ON f.start_label = 'Contract' AND f.start_id = c.contract_id
  WHERE f.end_id = $customer_id AND (c.ended_at IS NULL OR c.ended_at > $now)
  UNION ALL
  SELECT 'Task', t.created_at
  FROM node_task t JOIN edge_for f ON f.start_label = 'Task' AND f.start_id = t.task_id
  WHERE f.end_id = $customer_id AND (t.ended_at IS NULL OR t.ended_at > $now)
  UNION ALL
  SELECT 'Interaction', i."at"
  FROM node_interaction i
  WHERE (i.ended_at IS NULL OR i.ended_at > $now) AND seen_by_company(i.visibility) AND i.interaction_id IN (
    SELECT start_id FROM edge_for WHERE start_label = 'Interaction' AND end_label = 'Customer' AND end_id = $customer_id
    UNION ALL
    SELECT p.end_id
    FROM edge_works_at w
    JOIN edge_participated_in p ON p.start_label = 'Contact' AND p.start_id = w.start_id
    JOIN node_interaction m ON m.interaction_id = p.end_id
    WHERE w.end_id = $customer_id AND seen_by_company(w.visibility) AND coalesce(w.known_from, w.valid_from) <= $now
      AND (w.known_to IS NULL OR w.known_to > $now) AND m."at" >= w.valid_from
      AND (w.valid_to IS NULL OR m."at" < w.valid_to))
  UNION ALL
  SELECT 'WORKS_AT', coalesce(known_from, valid_from)
  FROM edge_works_at WHERE end_id = $customer_id AND seen_by_company(visibility)
  UNION ALL
  SELECT 'HAS_ROLE', coalesce(r.known_from, r.valid_from)
  FROM edge_has_role r
  LEFT JOIN edge_for f ON r.end_label = 'Opportunity' AND f.start_label = 'Opportunity' AND f.start_id = r.end_id
  LEFT JOIN node_opportunity o ON r.end_label = 'Opportunity' AND o.opportunity_id = r.end_id
  WHERE coalesce(f.end_id, r.end_id) = $customer_id AND seen_by_company(r.visibility)
    AND (o.opened_at IS NULL OR o.opened_at <= $now)
  UNION ALL
  SELECT 'OWNS', coalesce(known_from, valid_from)
  FROM edge_owns WHERE end_label = 'Customer' AND end_id = $customer_id AND seen_by_company(visibility)
  UNION ALL
  SELECT 'RELATIONSHIP', coalesce(known_from, valid_from)
  FROM edge_relationship WHERE end_label = 'Customer' AND end_id = $customer_id AND seen_by_company(visibility)
  UNION ALL
  SELECT 'PARENT_OF', coalesce(known_from, valid_from)
  FROM edge_parent_of WHERE $customer_id IN (start_id, end_id) AND seen_by_company(visibility)
  UNION ALL
  SELECT 'PARTNER_OF', coalesce(known_from, valid_from)
  FROM edge_partner_of WHERE $customer_id IN (start_id, end_id) AND seen_by_company(visibility)
  UNION ALL
  SELECT 'REFERRED', coalesce(known_from, valid_from)
  FROM edge_referred WHERE start_label = 'Customer' AND $customer_id IN (start_id, end_id) AND seen_by_company(visibility)
  UNION ALL
  SELECT 'OFFERED', coalesce(known_from, valid_from)
  FROM edge_offered WHERE start_id = $customer_id AND seen_by_company(visibility)
)
SELECT kind, count(*) AS records, max(moment) AS newest
FROM dated
WHERE moment IS NOT NULL AND moment <= $now
GROUP BY kind
