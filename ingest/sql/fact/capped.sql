-- name: fact.capped  params: database_id  relations: fact, ended, turned, record
-- No fact outlives its ends.
WITH before AS (
    SELECT label, entity AS id, max(ended_at) AS moment
    FROM {{record}}
    WHERE database_id = $database_id
    GROUP BY label, entity
    HAVING bool_and(ended_at IS NOT NULL)),
ended AS (
    SELECT label, id, moment
    FROM {{ended}}
    UNION ALL
    SELECT label, id, moment
    FROM before
    ANTI JOIN {{turned}} USING (label, id))
SELECT f.* REPLACE (
    CASE
        WHEN least(s.moment, e.moment) < coalesce(f.valid_to, '9999') THEN greatest(least(s.moment, e.moment), f.valid_from)
        ELSE f.valid_to
    END AS valid_to)
FROM {{fact}} f
LEFT JOIN ended s ON s.label = f.start_label AND s.id = f.start_id
LEFT JOIN ended e ON e.label = f.end_label AND e.id = f.end_id
