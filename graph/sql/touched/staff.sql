-- name: touched.staff  params: -  relations: -
SELECT DISTINCT start_id AS contact_id FROM edge_works_at
WHERE start_label = 'Contact' AND end_id IN (SELECT customer_id FROM grouped_customers)
