-- name: branch.every  params: -  relations: -
-- All customers, those that have ended, too.
SELECT customer_id FROM node_customer ORDER BY customer_id
