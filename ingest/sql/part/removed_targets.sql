-- name: part.removed_targets  params: -  relations: removed_part
SELECT 'drop' AS kind, type AS name, start_label, end_label, item,
    '{"start":' || to_json(start_id) || ',"end":' || to_json(end_id)
    || CASE WHEN part_key IS NULL THEN '' ELSE ',"key":' || part_key END || ',"props":{}}' AS body
FROM {{removed_part}}
