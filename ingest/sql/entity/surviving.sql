-- name: entity.surviving  params: database_id  relations: contribution, version, record, removed
-- Of an entity whose records have all ended: what the last one said, with the day of the end.
WITH standing AS (
    SELECT label, entity AS id, source, dataset, rule, key, known_from, body
    FROM {{record}}
    ANTI JOIN {{removed}} USING (label, source, dataset, rule, key)
    WHERE database_id = $database_id AND ended_at IS NULL),
touched AS (
    SELECT label, id FROM {{contribution}}
    UNION
    SELECT label, id FROM {{removed}}),
past AS (
    SELECT v.*
    FROM {{version}} v
    ANTI JOIN {{contribution}} c ON c.label = v.label AND c.id = v.id
    WHERE v.newest AND v.known_to IS NOT NULL),
ended AS (
    SELECT r.label, r.entity AS id, max(r.ended_at) AS ended_at
    FROM {{record}} r
    SEMI JOIN past p ON p.label = r.label AND p.id = r.entity
    WHERE r.database_id = $database_id
    GROUP BY r.label, r.entity
    HAVING bool_and(r.ended_at IS NOT NULL))
SELECT label, id, source, known_from, body
FROM {{version}}
WHERE known_to IS NULL
UNION ALL
SELECT s.label, s.id, s.source, s.known_from, s.body
FROM standing s
ANTI JOIN {{version}} v USING (label, source, dataset, rule, key)
SEMI JOIN touched t ON t.label = s.label AND t.id = s.id
UNION ALL
SELECT p.label, p.id, p.source, p.known_from,
    json_merge_patch(p.body::JSON, to_json({ended_at: e.ended_at}))::VARCHAR
FROM past p
JOIN ended e USING (label, id)
