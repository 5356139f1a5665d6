-- name: snapshot.customers  params: -  relations: -
SELECT customer_id, date_trunc('milliseconds', created_at) AS created_at,
    date_trunc('milliseconds', ended_at) AS ended_at
FROM node_customer
