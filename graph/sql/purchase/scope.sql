-- name: purchase.scope  params: -  relations: -
SELECT customer_id FROM purchase_scope ORDER BY customer_id
