-- name: snapshot.products  params: -  relations: -
SELECT product_id
FROM node_product
