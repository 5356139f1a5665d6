-- name: frame.contacts  params: -  relations: -
-- People of the customers, each with the newest job that everybody may see and that has not ended.
WITH job AS (
    SELECT start_id, end_id, title, department, seniority, valid_from
    FROM edge_works_at
    WHERE valid_to IS NULL AND known_to IS NULL AND seen_by_company(visibility)
    QUALIFY row_number() OVER (PARTITION BY start_id ORDER BY valid_from DESC, end_id) = 1)
SELECT p.* EXCLUDE (position, ended_at), j.end_id AS customer_id, c.name AS customer, j.title, j.department,
    j.seniority, j.valid_from AS since
FROM node_contact p
LEFT JOIN job j ON j.start_id = p.contact_id
LEFT JOIN node_customer c ON c.customer_id = j.end_id
WHERE p.ended_at IS NULL
ORDER BY p.contact_id
