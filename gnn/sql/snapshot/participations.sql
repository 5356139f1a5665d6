-- name: snapshot.participations  params: before  relations: -
-- Contacts in interactions before the moment.
SELECT p.end_id AS interaction_id, p.start_id AS person_id, 'contact' AS side
FROM edge_participated_in p
JOIN node_interaction i ON i.interaction_id = p.end_id
WHERE p.start_label = 'Contact' AND i.at < $before AND seen_by_company(i.visibility)
