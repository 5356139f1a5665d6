-- name: removal.back  params: database_id  relations: standing, record
-- Entities that had ended and return with this run.
WITH live AS (
    SELECT DISTINCT label, id
    FROM {{standing}}
    WHERE ended_at IS NULL)
SELECT r.label, r.entity AS id, max(r.ended_at) AS moment
FROM {{record}} r
SEMI JOIN live l ON l.label = r.label AND l.id = r.entity
WHERE r.database_id = $database_id
GROUP BY r.label, r.entity
HAVING bool_and(r.ended_at IS NOT NULL)
