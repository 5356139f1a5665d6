-- name: entity.surviving  params: database_id  relations: contribution, version, record, removed
WITH standing AS (
    SELECT label, entity AS id, source, dataset, rule, key, known_from, body
    FROM {{record}}
    ANTI JOIN {{removed}} USING (label, source, dataset, rule, key)
    WHERE database_id = $database_id AND ended_at IS NULL),
touched AS (
    SELECT label, id FROM {{contribution}}
    UNION
    SELECT label, id FROM {{removed}})
SELECT label, id, source, known_from, body
FROM {{version}}
WHERE known_to IS NULL
UNION ALL
SELECT s.label, s.id, s.source, s.known_from, s.body
FROM standing s
ANTI JOIN {{version}} v USING (label, source, dataset, rule, key)
SEMI JOIN touched t ON t.label = s.label AND t.id = s.id
