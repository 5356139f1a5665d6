-- name: purchase.popular  params: fewest, kept  relations: -
-- The products that most customers buy, among how many customers who bought anything.
SELECT product_id, count(*) AS buyers, (SELECT count(DISTINCT customer_id) FROM purchase_wanted) AS customers
FROM purchase_wanted
GROUP BY product_id HAVING buyers >= $fewest
ORDER BY buyers DESC, product_id
LIMIT $kept
