-- name: frame.products  params: -  relations: -
SELECT * EXCLUDE (position, ended_at)
FROM node_product
WHERE ended_at IS NULL
ORDER BY product_id
