-- name: reporting_lines.people  params: -  relations: -
SELECT person FROM (
  SELECT 'Contact|' || contact_id AS person FROM node_contact
  UNION ALL
  SELECT 'Employee|' || employee_id FROM node_employee
)
ORDER BY person
