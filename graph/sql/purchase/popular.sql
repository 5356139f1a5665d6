-- name: purchase.popular  params: fewest, kept  relations: -
-- The products that most customers buy.
SELECT product_id, count(*) AS buyers FROM purchase_wanted
GROUP BY product_id HAVING buyers >= $fewest
ORDER BY buyers DESC, product_id
LIMIT $kept
