-- name: touched.live  params: -  relations: -
-- Customers that their sources still name.
SELECT customer_id FROM node_customer WHERE ended_at IS NULL ORDER BY customer_id
