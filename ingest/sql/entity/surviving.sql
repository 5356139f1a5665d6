-- name: entity.surviving  params: database_id  relations: contribution, record
WITH standing AS (
    SELECT *
    FROM {{record}}
    WHERE database_id = $database_id),
newest AS (
    SELECT DISTINCT ON (label, source, dataset, key) c.*
    FROM {{contribution}} c
    ANTI JOIN standing s ON s.label = c.label AND s.source = c.source AND s.dataset = c.dataset
        AND s.key = c.key AND c.stamped AND s.known_from > c.known_from
    ORDER BY known_from DESC)
SELECT label, id, source, known_from, body
FROM newest
UNION ALL
SELECT s.label, s.entity, s.source, s.known_from, s.body
FROM standing s
ANTI JOIN newest n USING (label, source, dataset, key)
SEMI JOIN newest m ON m.label = s.label AND m.id = s.entity
