-- name: recomputed.contacts  params: now, asked  relations: -
-- Who works at each customer, since when in the newest of their jobs there.
SELECT w.end_id AS customer_id, w.start_id AS contact_id, max(w.valid_from) AS since
FROM edge_works_at w
WHERE w.end_id IN (SELECT unnest($asked)) AND seen_by_company(w.visibility)
    AND greatest(w.valid_from, coalesce(w.known_from, w.valid_from)) <= $now
    AND least(w.valid_to, w.known_to, w.dismissed_at, TIMESTAMP 'infinity') > $now
GROUP BY ALL
ORDER BY customer_id, contact_id
