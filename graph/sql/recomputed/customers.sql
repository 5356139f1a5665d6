-- name: recomputed.customers  params: now  relations: -
SELECT customer_id FROM node_customer WHERE ended_at IS NULL OR ended_at > $now ORDER BY customer_id
