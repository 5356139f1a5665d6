-- name: tie.everybody  params: -  relations: -
SELECT 'Contact' AS label, contact_id AS id FROM node_contact
UNION ALL
SELECT 'Employee', employee_id FROM node_employee
