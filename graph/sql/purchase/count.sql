-- name: purchase.count  params: -  relations: -
-- How many purchases there are, and how many of them do not stand so.
SELECT count(*), count(*) FILTER (WHERE (w.orders, w.quantity, w.amount, w.first_at, w.last_at)
  IS DISTINCT FROM (s.orders, s.quantity, s.amount, s.first_at, s.last_at))
FROM purchase_wanted w
LEFT JOIN purchase_standing s USING (customer_id, product_id)
