-- name: snapshot.product_values  params: before  relations: -
-- Versions from the source rows known before the moment; a product without any source row gives its current values,
-- timelessly. What was sold had its name: the first version counts from the first order line on, where its own row is later,
-- as it is where a table of products or a line bears no date.
WITH sold AS (
    SELECT l.end_id AS product_id, min(o.ordered_at) AS at
    FROM edge_contains l
    JOIN node_order o ON o.order_id = l.start_id
    WHERE l.start_label = 'Order' AND l.end_label = 'Product'
    GROUP BY l.end_id),
version AS (
    SELECT e.end_id AS product_id, r.known_to, r.values,
        CASE row_number() OVER (PARTITION BY e.end_id ORDER BY r.known_from, r.record_id)
            WHEN 1 THEN least(r.known_from, s.at) ELSE r.known_from END AS known_from
    FROM node_source_record r
    JOIN edge_record_of e ON e.start_id = r.record_id AND e.end_label = 'Product'
    LEFT JOIN sold s ON s.product_id = e.end_id)
SELECT product_id, date_trunc('milliseconds', known_from) AS known_from, date_trunc('milliseconds', known_to) AS known_to,
    values ->> '$.name' AS name, values ->> '$.family' AS family, CAST(values ->> '$.list_price' AS DOUBLE) AS list_price
FROM version
WHERE known_from < $before
UNION ALL
SELECT p.product_id, NULL, NULL, p.name, p.family, CAST(p.list_price AS DOUBLE)
FROM node_product p
WHERE NOT EXISTS (FROM edge_record_of e WHERE e.end_label = 'Product' AND e.end_id = p.product_id)
