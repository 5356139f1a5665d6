-- name: snapshot.product_values  params: before  relations: -
-- Versions from the source rows known before the moment; a product without any source row gives its current values,
-- timelessly.
SELECT e.end_id AS product_id, date_trunc('milliseconds', r.known_from) AS known_from,
    date_trunc('milliseconds', r.known_to) AS known_to, r.values ->> '$.name' AS name, r.values ->> '$.family' AS family,
    CAST(r.values ->> '$.list_price' AS DOUBLE) AS list_price
FROM node_source_record r
JOIN edge_record_of e ON e.start_id = r.record_id AND e.end_label = 'Product'
WHERE r.known_from < $before
UNION ALL
SELECT p.product_id, NULL, NULL, p.name, p.family, CAST(p.list_price AS DOUBLE)
FROM node_product p
WHERE NOT EXISTS (FROM edge_record_of e WHERE e.end_label = 'Product' AND e.end_id = p.product_id)
