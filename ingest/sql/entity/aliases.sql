-- name: entity.aliases  params: labels  relations: key
WITH alias AS (
    SELECT DISTINCT id, label, label || '|' || source || ':' || key AS alias_id
    FROM {{key}}
    WHERE list_contains($labels, label) AND state = 'made' AND id IS NOT NULL)
SELECT 'node' AS kind, 'Alias' AS name, NULL AS start_label, NULL AS end_label, 'Alias|' || alias_id AS item,
    '{"id":' || to_json(alias_id) || ',"props":{}}' AS body
FROM alias
UNION ALL
SELECT 'part', 'ALIAS_OF', 'Alias', label, 'ALIAS_OF|' || alias_id,
    '{"start":' || to_json(alias_id) || ',"end":' || to_json(id) || ',"props":{}}'
FROM alias
