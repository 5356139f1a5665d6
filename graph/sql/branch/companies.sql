-- name: branch.companies  params: -  relations: -
-- Customers that have not ended, with the values by which branches are told.
SELECT customer_id, name, short_name, tax_id, city, domains, website, created_at
FROM node_customer
WHERE ended_at IS NULL AND name IS NOT NULL
ORDER BY customer_id
