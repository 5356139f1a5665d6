-- name: frame.customers  params: -  relations: -
SELECT * EXCLUDE (position, ended_at, embedding_model_id)
FROM node_customer
WHERE ended_at IS NULL
ORDER BY customer_id
