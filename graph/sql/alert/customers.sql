-- name: alert.customers  params: -  relations: -
-- Customers that have not ended, with the day since which we know of them: their creation, else their first order
-- or ticket.
SELECT c.customer_id, c.name, coalesce(c.created_at, least(
    (SELECT min(o.ordered_at) FROM edge_placed p JOIN node_order o ON o.order_id = p.end_id
      WHERE p.start_id = c.customer_id AND o.ended_at IS NULL),
    (SELECT min(t.opened_at) FROM edge_for f JOIN node_ticket t ON f.start_label = 'Ticket' AND t.ticket_id = f.start_id
      WHERE f.end_id = c.customer_id AND f.end_label = 'Customer' AND t.ended_at IS NULL))) AS known_since
FROM node_customer c
WHERE c.ended_at IS NULL
