-- name: recomputed.owners  params: now, asked  relations: -
SELECT o.end_id AS customer_id, o.start_id AS employee_id, o.valid_from AS since
FROM edge_owns o
WHERE o.end_label = 'Customer' AND o.end_id IN (SELECT unnest($asked)) AND seen_by_company(o.visibility)
    AND greatest(o.valid_from, coalesce(o.known_from, o.valid_from)) <= $now
    AND least(o.valid_to, o.known_to, o.dismissed_at, TIMESTAMP 'infinity') > $now
ORDER BY customer_id, employee_id, since
