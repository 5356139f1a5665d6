-- name: entity.surviving  params: database_id  relations: contribution, record, removed
WITH standing AS (
    SELECT *
    FROM {{record}}
    ANTI JOIN {{removed}} USING (label, source, dataset, rule, key)
    WHERE database_id = $database_id AND ended_at IS NULL),
newest AS (
    SELECT DISTINCT ON (label, source, dataset, rule, key) c.*
    FROM {{contribution}} c
    ANTI JOIN standing s ON s.label = c.label AND s.source = c.source AND s.dataset = c.dataset
        AND s.rule = c.rule AND s.key = c.key AND c.stamped AND s.known_from > c.known_from
    ORDER BY known_from DESC),
touched AS (
    SELECT label, id FROM newest
    UNION
    SELECT label, id FROM {{removed}})
SELECT label, id, source, known_from, body
FROM newest
UNION ALL
SELECT s.label, s.entity, s.source, s.known_from, s.body
FROM standing s
ANTI JOIN newest n USING (label, source, dataset, rule, key)
SEMI JOIN touched t ON t.label = s.label AND t.id = s.entity
