-- name: removal.returned  params: database_id  relations: contribution, record, exported
SELECT DISTINCT c.label, c.id, c.source, c.dataset, c.rule, c.key, greatest(r.ended_at, e.stamp) AS moment
FROM {{contribution}} c
JOIN {{record}} r USING (label, source, dataset, rule, key)
JOIN {{exported}} e USING (dataset)
WHERE r.database_id = $database_id AND r.ended_at IS NOT NULL
