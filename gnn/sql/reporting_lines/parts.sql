-- name: reporting_lines.parts  params: -  relations: -
-- A row per recipient of every interaction that somebody sent; people are numbered as in reporting_lines.people.
WITH person AS (
  SELECT label, id, row_number() OVER (ORDER BY label || '|' || id) - 1 AS person FROM (
    SELECT 'Contact' AS label, contact_id AS id FROM node_contact
    UNION ALL
    SELECT 'Employee', employee_id FROM node_employee
  )
), mail AS (
  SELECT interaction_id, epoch("at")::BIGINT AS at, row_number() OVER (ORDER BY interaction_id) AS mailing
  FROM node_interaction
  WHERE ended_at IS NULL AND seen_by_company(visibility)
), part AS (
  SELECT m.mailing, m.at, p.person, e.part
  FROM edge_participated_in e
  JOIN mail m ON m.interaction_id = e.end_id
  JOIN person p ON p.label = e.start_label AND p.id = e.start_id
)
SELECT r.mailing, s.person AS sender, r.at, r.person, bool_and(r.part = 'cc') AS copied
FROM part s
JOIN part r USING (mailing)
WHERE s.part = 'from' AND r.part IN ('to', 'cc', 'bcc') AND r.person <> s.person
GROUP BY ALL
