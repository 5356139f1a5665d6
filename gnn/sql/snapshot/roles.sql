-- name: snapshot.roles  params: before  relations: -
-- Stated decision roles, on the customer or on one of its opportunities; inferred ones are caches of today, a
-- dismissed one was believed until then.
SELECT r.start_id AS contact_id, coalesce(f.end_id, r.end_id) AS customer_id, r.role, r.stance, r.influence,
    date_trunc('milliseconds', r.valid_from) AS valid_from, date_trunc('milliseconds', r.valid_to) AS valid_to,
    date_trunc('milliseconds', r.known_from) AS known_from, date_trunc('milliseconds', least(r.known_to, r.dismissed_at)) AS known_to
FROM edge_has_role r
LEFT JOIN edge_for f
    ON r.end_label = 'Opportunity' AND f.start_label = 'Opportunity' AND f.end_label = 'Customer' AND f.start_id = r.end_id
WHERE r.start_label = 'Contact' AND (r.end_label = 'Customer' OR f.end_id IS NOT NULL)
    AND r.valid_from < $before AND (r.known_from IS NULL OR r.known_from < $before) AND r.basis <> 'inferred'
    AND seen_by_company(r.visibility)
