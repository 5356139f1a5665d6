-- name: frame.owners  params: -  relations: -
-- Who of us is responsible for which account, as everybody may see it.
SELECT o.start_id AS employee_id, e.name AS employee, o.end_id AS customer_id, c.name AS customer, o.valid_from, o.valid_to
FROM edge_owns o
LEFT JOIN node_employee e ON e.employee_id = o.start_id
LEFT JOIN node_customer c ON c.customer_id = o.end_id
WHERE o.end_label = 'Customer' AND o.known_to IS NULL AND seen_by_company(o.visibility)
ORDER BY o.start_id, o.end_id, o.valid_from
