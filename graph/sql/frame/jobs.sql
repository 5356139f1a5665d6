-- name: frame.jobs  params: -  relations: -
-- Who works or worked where, as everybody may see it.
SELECT w.start_id AS contact_id, p.name AS contact, w.end_id AS customer_id, c.name AS customer, w.title, w.department,
    w.seniority, w.valid_from, w.valid_to, w.basis, w.confidence
FROM edge_works_at w
LEFT JOIN node_contact p ON p.contact_id = w.start_id
LEFT JOIN node_customer c ON c.customer_id = w.end_id
WHERE w.known_to IS NULL AND seen_by_company(w.visibility)
ORDER BY w.start_id, w.valid_from, w.end_id
