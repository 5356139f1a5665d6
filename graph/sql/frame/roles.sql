-- name: frame.roles  params: -  relations: -
-- Parts in decisions as stated or observed, as everybody may see them.
SELECT r.start_id AS contact_id, p.name AS contact, coalesce(f.end_id, r.end_id) AS customer_id,
    CASE WHEN r.end_label = 'Opportunity' THEN r.end_id END AS opportunity_id, r.role, r.stance, r.influence,
    r.valid_from, r.valid_to, r.basis, r.confidence
FROM edge_has_role r
LEFT JOIN node_contact p ON p.contact_id = r.start_id
LEFT JOIN edge_for f
    ON r.end_label = 'Opportunity' AND f.start_label = 'Opportunity' AND f.end_label = 'Customer' AND f.start_id = r.end_id
WHERE r.known_to IS NULL AND r.dismissed_at IS NULL AND seen_by_company(r.visibility)
ORDER BY r.start_id, r.valid_from, customer_id, r.role
