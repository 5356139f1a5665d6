-- name: snapshot.customers  params: -  relations: -
SELECT customer_id, date_trunc('milliseconds', created_at) AS created_at
FROM node_customer
