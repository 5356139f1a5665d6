-- name: gap.customers  params: -  relations: -
-- Customers that have not ended, with the values by which gaps are filled.
SELECT customer_id, name, industry, country, city, phone, coalesce(domains[1], website) AS domain
FROM node_customer
WHERE ended_at IS NULL
