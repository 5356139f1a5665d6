-- name: purchase.together  params: fewest, widest, smoothing, kept  relations: -
-- Of each product the others that the same customers buy, by lift: how many customers bought both, over how many would
-- by chance (the buyers of one times those of the other, over all buyers). Both are first raised by $smoothing, which
-- draws the lift of rare pairs towards 1 (Gamma-Poisson shrinkage; DuMouchel, The American Statistician 53, 1999).
-- Pairs of fewer than $fewest customers tell too much of each; customers of more than $widest products tell nothing.
WITH basket AS (
  SELECT customer_id, product_id FROM purchase_wanted
  QUALIFY count(*) OVER (PARTITION BY customer_id) <= $widest
), size AS (
  SELECT product_id, count(*) AS buyers FROM basket GROUP BY product_id
), pair AS (
  SELECT a.product_id AS one, b.product_id AS other, count(*) AS customers
  FROM basket a JOIN basket b ON a.customer_id = b.customer_id AND a.product_id <> b.product_id
  GROUP BY ALL HAVING count(*) >= $fewest
), lifted AS (
  SELECT one, other, pair.customers, (pair.customers + $smoothing) / (
    a.buyers::DOUBLE * b.buyers / (SELECT count(DISTINCT customer_id) FROM basket) + $smoothing) AS lift
  FROM pair JOIN size a ON a.product_id = one JOIN size b ON b.product_id = other
)
SELECT one, other, customers, round(lift, 6) AS lift,
  row_number() OVER (PARTITION BY one ORDER BY round(lift, 6) DESC, customers DESC, other) AS rank
FROM lifted
WHERE lift > 1
QUALIFY rank <= $kept
ORDER BY one, rank
