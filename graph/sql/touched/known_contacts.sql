-- name: touched.known_contacts  params: -  relations: -
SELECT contact_id FROM touched_contacts ORDER BY contact_id
