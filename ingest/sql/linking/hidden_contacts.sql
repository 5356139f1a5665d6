-- name: linking.hidden_contacts  params: -  relations: -
-- Contacts of whom something is known, and nothing that everybody of us may see.
WITH seen AS (
    SELECT start_id AS id, visibility
    FROM edge_works_at
    UNION ALL
    SELECT start_id, visibility
    FROM edge_has_role
    WHERE start_label = 'Contact'
    UNION ALL
    SELECT p.start_id, i.visibility
    FROM edge_participated_in p
    JOIN node_interaction i ON i.interaction_id = p.end_id
    WHERE p.start_label = 'Contact'
    UNION ALL
    SELECT end_id, 'company'
    FROM edge_raised_by)
SELECT id
FROM seen
GROUP BY id
HAVING NOT bool_or(seen_by_company(visibility))
