-- name: touched.interactions  params: before, now  relations: -
-- Interactions that changed, whose people did, or that have come into the past or gone from the sources since.
SELECT key AS interaction_id FROM changed WHERE kind = 'node_interaction'
UNION
SELECT key FROM changed WHERE kind = 'edge_participated_in'
UNION
SELECT e.end_id FROM edge_participated_in e
JOIN changed c ON c.kind IN ('node_contact', 'node_employee') AND c.label = e.start_label AND c.key = e.start_id
UNION
SELECT interaction_id FROM node_interaction
WHERE "at" > $before AND "at" <= $now OR ended_at > $before AND ended_at <= $now
