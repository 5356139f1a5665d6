-- name: role.met_of  params: contact_ids  relations: -
SELECT * FROM role_met WHERE contact_id IN (SELECT unnest($contact_ids::VARCHAR[])) ORDER BY contact_id, other
