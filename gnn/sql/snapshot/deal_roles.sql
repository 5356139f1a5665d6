-- name: snapshot.deal_roles  params: before  relations: -
-- Stated decision roles on an opportunity; a dismissed one was believed until then.
SELECT r.end_id AS opportunity_id, r.start_id AS contact_id, r.role, r.stance, r.influence,
    date_trunc('milliseconds', r.valid_from) AS valid_from, date_trunc('milliseconds', r.valid_to) AS valid_to,
    date_trunc('milliseconds', r.known_from) AS known_from, date_trunc('milliseconds', least(r.known_to, r.dismissed_at)) AS known_to
FROM edge_has_role r
WHERE r.start_label = 'Contact' AND r.end_label = 'Opportunity'
    AND r.valid_from < $before AND (r.known_from IS NULL OR r.known_from < $before) AND r.basis <> 'inferred'
    AND seen_by_company(r.visibility)
