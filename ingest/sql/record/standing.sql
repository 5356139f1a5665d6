-- name: record.standing  params: database_id  relations: contribution, version, record
WITH touched AS (
    SELECT label, id FROM {{contribution}}
    UNION
    SELECT label, id FROM {{version}})
SELECT label, id, source, known_from, body, ended_at
FROM {{version}}
WHERE newest
UNION ALL
SELECT r.label, r.entity, r.source, r.known_from, r.body, r.ended_at
FROM {{record}} r
SEMI JOIN touched t ON t.label = r.label AND t.id = r.entity
ANTI JOIN {{version}} USING (label, source, dataset, rule, key)
WHERE r.database_id = $database_id
