-- name: frame.participations  params: -  relations: -
-- Who took part in the interactions that everybody may see.
SELECT p.end_id AS interaction_id, i.at, i.channel, lower(p.start_label) AS side, p.start_id AS person_id,
    coalesce(c.name, e.name) AS person, p.part
FROM edge_participated_in p
JOIN node_interaction i ON i.interaction_id = p.end_id
LEFT JOIN node_contact c ON p.start_label = 'Contact' AND c.contact_id = p.start_id
LEFT JOIN node_employee e ON p.start_label = 'Employee' AND e.employee_id = p.start_id
WHERE i.ended_at IS NULL AND seen_by_company(i.visibility)
ORDER BY i.at, p.end_id, side, person_id
