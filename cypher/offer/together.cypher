// name: offer.together  params: product_ids, limit  access: read  sees: viewer
// What is bought with these products, by the lifts of all of them together, and with which of them most of all.
UNWIND $product_ids AS asked
MATCH (one:Product {product_id: asked})-[w:BOUGHT_WITH]->(other:Product)
WHERE NOT other.product_id IN $product_ids
WITH other.product_id AS product_id, w.lift AS lift, w.customers AS customers, one.name AS beside
ORDER BY lift DESC, customers DESC, beside
WITH product_id, sum(lift) AS score, collect({customers: customers, beside: beside}) AS pairs
RETURN product_id, score, pairs[0] AS pair
ORDER BY score DESC, product_id
LIMIT $limit
