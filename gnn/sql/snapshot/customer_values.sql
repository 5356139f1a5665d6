-- name: snapshot.customer_values  params: before  relations: -
-- Versions from the source rows known before the moment; a customer without any source row gives its current values,
-- timelessly.
SELECT e.end_id AS customer_id, date_trunc('milliseconds', r.known_from) AS known_from,
    date_trunc('milliseconds', r.known_to) AS known_to, r.values ->> '$.name' AS name, r.values ->> '$.industry' AS industry,
    r.values ->> '$.region' AS region, r.values ->> '$.country' AS country,
    CAST(r.values ->> '$.employees' AS DOUBLE) AS employees, CAST(r.values ->> '$.revenue' AS DOUBLE) AS revenue
FROM node_source_record r
JOIN edge_record_of e ON e.start_id = r.record_id AND e.end_label = 'Customer'
WHERE r.known_from < $before
UNION ALL
SELECT c.customer_id, NULL, NULL, c.name, c.industry, c.region, c.country, CAST(c.employees AS DOUBLE),
    CAST(c.revenue AS DOUBLE)
FROM node_customer c
WHERE NOT EXISTS (FROM edge_record_of e WHERE e.end_label = 'Customer' AND e.end_id = c.customer_id)
