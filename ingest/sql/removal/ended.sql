-- name: removal.ended  params: database_id  relations: removed, record, contribution
WITH kept AS (
    SELECT *
    FROM {{record}}
    WHERE database_id = $database_id),
live AS (
    SELECT label, entity AS id
    FROM kept
    ANTI JOIN {{removed}} USING (label, source, dataset, rule, key)
    WHERE ended_at IS NULL
    UNION
    SELECT label, id
    FROM {{contribution}})
SELECT m.label, m.id, greatest(max(m.moment), max(k.ended_at)) AS moment
FROM {{removed}} m
LEFT JOIN kept k ON k.label = m.label AND k.entity = m.id
ANTI JOIN live l ON l.label = m.label AND l.id = m.id
GROUP BY m.label, m.id
