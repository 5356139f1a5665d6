-- name: tie.people  params: -  relations: -
-- Everybody who took part in anything, with a number: employees before contacts, each in the order of their ids.
-- Who was deleted ties nobody. Numbers, for pairs are many and ids are long.
SELECT row_number() OVER (ORDER BY label = 'Contact', id)::INTEGER AS person, label, id
FROM (SELECT DISTINCT start_label AS label, start_id AS id FROM edge_participated_in)
WHERE NOT EXISTS (FROM node_contact c WHERE label = 'Contact' AND c.contact_id = id AND c.ended_at IS NOT NULL)
  AND NOT EXISTS (FROM node_employee e WHERE label = 'Employee' AND e.employee_id = id AND e.ended_at IS NOT NULL)
