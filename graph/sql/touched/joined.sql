-- name: touched.joined  params: now  relations: -
-- Pairs of customers that share one of the staff, or whose staff report to each other as stated: reporting lines
-- of such customers are inferred together, so that none closes a circle.
WITH job AS (
  SELECT start_id AS contact_id, end_id AS customer_id FROM edge_works_at
  WHERE start_label = 'Contact' AND valid_from <= $now AND coalesce(known_from, valid_from) <= $now
    AND (valid_to IS NULL OR valid_to > $now) AND (known_to IS NULL OR known_to > $now)
    AND seen_by_company(visibility) AND end_id IN (SELECT customer_id FROM node_customer WHERE ended_at IS NULL)
), line AS (
  SELECT start_id AS contact_id, end_id AS manager_id FROM edge_reports_to
  WHERE start_label = 'Contact' AND end_label = 'Contact' AND basis <> 'inferred'
    AND valid_from <= $now AND coalesce(known_from, valid_from) <= $now
    AND (valid_to IS NULL OR valid_to > $now) AND (known_to IS NULL OR known_to > $now)
    AND seen_by_company(visibility)
)
SELECT a.customer_id AS one, b.customer_id AS other
FROM job a JOIN job b USING (contact_id) WHERE a.customer_id < b.customer_id
UNION
SELECT least(a.customer_id, b.customer_id), greatest(a.customer_id, b.customer_id)
FROM line
JOIN job a USING (contact_id)
JOIN job b ON b.contact_id = line.manager_id
WHERE a.customer_id <> b.customer_id
