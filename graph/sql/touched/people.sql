-- name: touched.people  params: -  relations: -
-- Who takes part in a touched interaction, or did.
SELECT start_label AS label, start_id AS id FROM edge_participated_in
WHERE end_id IN (SELECT interaction_id FROM touched_interactions)
UNION
SELECT other_label, other_key FROM changed WHERE kind = 'edge_participated_in'
