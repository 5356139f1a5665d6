-- name: role.stated  params: now  relations: -
-- Parts in deals that records show or somebody states, as everybody may see them, with the customer of the deal.
SELECT r.start_id AS contact_id, f.end_id AS customer_id, r.end_id AS opportunity_id, r.role,
  greatest(r.valid_from, coalesce(r.known_from, r.valid_from)) AS known_from
FROM edge_has_role r
JOIN edge_for f ON f.start_label = 'Opportunity' AND f.end_label = 'Customer' AND f.start_id = r.end_id
JOIN node_opportunity o ON o.opportunity_id = r.end_id
WHERE r.end_label = 'Opportunity' AND r.basis <> 'inferred' AND r.dismissed_at IS NULL
  AND seen_by_company(r.visibility) AND r.valid_from <= $now AND coalesce(r.known_from, r.valid_from) <= $now
  AND (r.known_to IS NULL OR r.known_to > $now) AND (o.ended_at IS NULL OR o.ended_at > $now)
ORDER BY r.start_id, r.end_id, r.role
