-- name: party.customers  params: -  relations: -
-- Customers that have not ended, with how many people work there now, as far as everybody may know.
SELECT c.customer_id, coalesce(c.name, c.customer_id) AS name, count(DISTINCT w.start_id) AS contacts
FROM node_customer c
LEFT JOIN edge_works_at w
  ON w.end_id = c.customer_id AND w.valid_to IS NULL AND w.known_to IS NULL AND seen_by_company(w.visibility)
WHERE c.ended_at IS NULL
GROUP BY ALL
ORDER BY c.customer_id
