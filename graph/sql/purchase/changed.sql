-- name: purchase.changed  params: -  relations: -
-- What was bought and does not stand so.
SELECT customer_id, product_id, w.orders, w.quantity, w.amount, w.first_at, w.last_at
FROM purchase_wanted w
LEFT JOIN purchase_standing s USING (customer_id, product_id)
WHERE (w.orders, w.quantity, w.amount, w.first_at, w.last_at)
  IS DISTINCT FROM (s.orders, s.quantity, s.amount, s.first_at, s.last_at)
ORDER BY customer_id, product_id
