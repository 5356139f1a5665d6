-- name: frame.tickets  params: -  relations: -
SELECT t.* EXCLUDE (position, ended_at), c.customer_id, c.name AS customer, r.end_id AS contact_id, a.end_id AS product_id
FROM node_ticket t
LEFT JOIN edge_for f ON f.start_id = t.ticket_id AND f.start_label = 'Ticket' AND f.end_label = 'Customer'
LEFT JOIN node_customer c ON c.customer_id = f.end_id
LEFT JOIN edge_raised_by r ON r.start_id = t.ticket_id
LEFT JOIN (
    SELECT start_id, min(end_id) AS end_id FROM edge_about WHERE start_label = 'Ticket' AND end_label = 'Product'
    GROUP BY start_id) a ON a.start_id = t.ticket_id
WHERE t.ended_at IS NULL
ORDER BY t.opened_at, t.ticket_id
