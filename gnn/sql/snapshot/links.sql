-- name: snapshot.links  params: before  relations: -
-- Links between companies, as far as known before the moment.
WITH link AS (
    SELECT 'parent_of' AS kind, start_id, end_id, start_label, end_label, valid_from, valid_to, known_from, known_to,
        visibility
    FROM edge_parent_of
    UNION ALL
    SELECT 'partner_of', start_id, end_id, start_label, end_label, valid_from, valid_to, known_from, known_to, visibility
    FROM edge_partner_of
    UNION ALL
    SELECT 'referred', start_id, end_id, start_label, end_label, valid_from, valid_to, known_from, known_to, visibility
    FROM edge_referred)
SELECT kind, start_id, end_id, date_trunc('milliseconds', valid_from) AS valid_from,
    date_trunc('milliseconds', valid_to) AS valid_to, date_trunc('milliseconds', known_from) AS known_from,
    date_trunc('milliseconds', known_to) AS known_to
FROM link
WHERE start_label = 'Customer' AND end_label = 'Customer' AND valid_from < $before
    AND (known_from IS NULL OR known_from < $before) AND seen_by_company(visibility)
