-- name: role.traces  params: now, evidence  relations: -
-- What everybody may see of the staff (`copies_scope`) per customer up to now: mails that they wrote or got, those
-- with them in copy while a deal of the customer was open, meetings, tickets raised; when last, and the newest,
-- tickets first.
WITH person AS (
  SELECT DISTINCT start_id AS contact_id, end_id AS customer_id FROM edge_works_at
  WHERE start_label = 'Contact' AND start_id IN (SELECT contact_id FROM copies_scope) AND seen_by_company(visibility)
), deal AS (
  SELECT f.end_id AS customer_id, o.opened_at, coalesce(o.closed_at, $now) AS closed_at
  FROM node_opportunity o
  JOIN edge_for f ON f.start_label = 'Opportunity' AND f.end_label = 'Customer' AND f.start_id = o.opportunity_id
  WHERE o.opened_at <= $now AND (o.ended_at IS NULL OR o.ended_at > $now)
), took_part AS (
  SELECT w.contact_id, w.customer_id, p.interaction_id, p.met_at, p.part, p.channel
  FROM tie_parts p
  JOIN tie_people q USING (person)
  JOIN person w ON q.label = 'Contact' AND w.contact_id = q.id
), during AS (
  SELECT DISTINCT contact_id, customer_id, interaction_id FROM took_part
  JOIN deal USING (customer_id)
  WHERE met_at >= opened_at AND met_at <= closed_at
), trace AS (
  SELECT t.contact_id, t.customer_id, t.met_at AS seen_at, 'Interaction:' || t.interaction_id AS evidence,
    CASE WHEN t.part IN ('from', 'to') THEN 'mails' WHEN t.part <> 'cc' THEN 'meetings'
      WHEN d.interaction_id IS NOT NULL THEN 'copied' ELSE 'beside' END AS what
  FROM took_part t
  LEFT JOIN during d USING (contact_id, customer_id, interaction_id)
  UNION ALL
  SELECT w.contact_id, w.customer_id, k.opened_at, 'Ticket:' || k.ticket_id, 'tickets'
  FROM node_ticket k
  JOIN edge_raised_by r ON r.start_id = k.ticket_id
  JOIN edge_for f ON f.start_label = 'Ticket' AND f.end_label = 'Customer' AND f.start_id = k.ticket_id
  JOIN person w ON w.contact_id = r.end_id AND w.customer_id = f.end_id
  WHERE k.opened_at <= $now AND (k.ended_at IS NULL OR k.ended_at > $now)
), placed AS (
  SELECT *, row_number() OVER (PARTITION BY contact_id, customer_id ORDER BY what = 'tickets' DESC, seen_at DESC, evidence)
    AS place
  FROM trace
)
SELECT contact_id, customer_id, count(*) AS seen, max(seen_at) AS last_at,
  count(*) FILTER (what = 'mails') AS mails, count(*) FILTER (what = 'meetings') AS meetings,
  count(*) FILTER (what = 'copied') AS copied, count(*) FILTER (what = 'tickets') AS tickets,
  list(evidence ORDER BY place) FILTER (place <= $evidence) AS evidence
FROM placed
GROUP BY contact_id, customer_id
