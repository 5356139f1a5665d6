-- name: gap.emails  params: -  relations: -
-- Addresses of those who work at a customer, as far as everybody of us may know of the job.
SELECT w.end_id AS customer_id, list(DISTINCT c.email ORDER BY c.email) AS emails
FROM edge_works_at w
JOIN node_contact c ON c.contact_id = w.start_id
WHERE w.valid_to IS NULL AND w.known_to IS NULL AND seen_by_company(w.visibility)
  AND c.ended_at IS NULL AND c.email IS NOT NULL
GROUP BY w.end_id
