-- name: frame.links  params: -  relations: -
-- Links between companies, as everybody may see them.
WITH link AS (
    SELECT 'parent_of' AS kind, start_id, end_id, start_label, valid_from, valid_to, known_to, visibility FROM edge_parent_of
    UNION ALL
    SELECT 'partner_of', start_id, end_id, start_label, valid_from, valid_to, known_to, visibility FROM edge_partner_of
    UNION ALL
    SELECT 'referred', start_id, end_id, start_label, valid_from, valid_to, known_to, visibility FROM edge_referred)
SELECT kind, start_id, a.name AS start_name, end_id, b.name AS end_name, valid_from, valid_to
FROM link
LEFT JOIN node_customer a ON a.customer_id = start_id
LEFT JOIN node_customer b ON b.customer_id = end_id
WHERE start_label = 'Customer' AND known_to IS NULL AND seen_by_company(visibility)
ORDER BY kind, start_id, end_id
