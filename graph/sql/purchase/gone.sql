-- name: purchase.gone  params: -  relations: -
-- What stands and is not bought.
SELECT customer_id, product_id FROM purchase_standing
ANTI JOIN purchase_wanted USING (customer_id, product_id)
ORDER BY customer_id, product_id
