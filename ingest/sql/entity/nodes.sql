-- name: entity.nodes  params: -  relations: entity
SELECT 'node' AS kind, label AS name, NULL AS start_label, NULL AS end_label, label || '|' || id AS item,
    '{"id":' || to_json(id) || ',"props":' || body || '}' AS body
FROM {{entity}}
