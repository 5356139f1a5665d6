-- name: profile.service  params: now, year  relations: -
-- Of the tickets of each customer: how many are open, were opened within 90 days and within a year, and within the 90 days before the last 90; what they were
-- about (category, kind, product family), those that broke what was agreed, mean satisfaction (rounded, for the order of
-- a sum is not fixed), median days until one is closed, the last one, the oldest that is open and the priorities of these.
-- Satisfaction and end of a ticket count from its end on.
WITH ticket AS (
  SELECT f.end_id AS customer_id, t.*, t.opened_at > $now - to_days($year) AS recent,
    (t.closed_at IS NULL OR t.closed_at > $now) AS is_open
  FROM node_ticket t JOIN edge_for f ON f.start_label = 'Ticket' AND f.start_id = t.ticket_id
  WHERE t.opened_at <= $now AND (t.ended_at IS NULL OR t.ended_at > $now)
), about AS (
  SELECT t.customer_id, list_sort(list(DISTINCT n.family)) AS ticket_families
  FROM ticket t
  JOIN edge_about a ON a.start_label = 'Ticket' AND a.start_id = t.ticket_id AND a.end_label = 'Product'
  JOIN node_product n ON n.product_id = a.end_id
  WHERE t.recent AND n.family IS NOT NULL
  GROUP BY t.customer_id
), counted AS (
  SELECT customer_id,
    count(*) FILTER (is_open) AS open_tickets,
    count(*) FILTER (opened_at > $now - to_days(90)) AS tickets_90,
    count(*) FILTER (recent) AS tickets_365,
    count(*) FILTER (opened_at <= $now - to_days(90) AND opened_at > $now - to_days(180)) AS tickets_before_90,
    list_sort(list(DISTINCT category) FILTER (recent AND category IS NOT NULL)) AS ticket_categories,
    list_sort(list(DISTINCT kind) FILTER (recent AND kind IS NOT NULL)) AS ticket_kinds,
    list_sort(list(DISTINCT priority) FILTER (is_open AND priority IS NOT NULL)) AS ticket_priorities,
    count(*) FILTER (recent AND sla_breached) AS breached_365,
    round(avg(satisfaction) FILTER (recent AND NOT is_open), 2) AS satisfaction,
    median(date_diff('second', opened_at, closed_at) / 86400.0) FILTER (
      NOT is_open AND closed_at > $now - to_days($year)) AS resolution_days,
    max(opened_at) AS ticket_at,
    min(opened_at) FILTER (is_open) AS ticket_open_since
  FROM ticket GROUP BY customer_id
)
SELECT c.customer_id, coalesce(n.open_tickets, 0) AS open_tickets, coalesce(n.tickets_90, 0) AS tickets_90,
  coalesce(n.tickets_365, 0) AS tickets_365,
  coalesce(n.tickets_before_90, 0) AS tickets_before_90, n.ticket_categories, n.ticket_kinds, n.ticket_priorities,
  coalesce(n.breached_365, 0) AS breached_365, n.satisfaction, round(n.resolution_days, 2) AS resolution_days,
  n.ticket_at, n.ticket_open_since, a.ticket_families
FROM node_customer c
LEFT JOIN counted n USING (customer_id)
LEFT JOIN about a USING (customer_id)
WHERE (c.ended_at IS NULL OR c.ended_at > $now)
