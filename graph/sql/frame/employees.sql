-- name: frame.employees  params: -  relations: -
SELECT * EXCLUDE (position, ended_at)
FROM node_employee
WHERE ended_at IS NULL
ORDER BY employee_id
