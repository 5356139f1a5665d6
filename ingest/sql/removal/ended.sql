-- name: removal.ended  params: database_id  relations: standing, record
-- Entities that end with this run, or whose end it moves.
WITH ended AS (
    SELECT label, id, max(ended_at) AS moment
    FROM {{standing}} s
    WHERE ended_at IS NOT NULL
    GROUP BY label, id),
before AS (
    SELECT label, entity AS id, bool_and(ended_at IS NOT NULL) AS ended, max(ended_at) AS moment
    FROM {{record}} r
    SEMI JOIN ended e ON e.label = r.label AND e.id = r.entity
    WHERE database_id = $database_id
    GROUP BY label, entity)
SELECT e.*
FROM ended e
ANTI JOIN (SELECT * FROM {{standing}} WHERE ended_at IS NULL) l ON l.label = e.label AND l.id = e.id
ANTI JOIN before b ON b.label = e.label AND b.id = e.id AND b.ended AND b.moment = e.moment
