-- name: part.removed_targets  params: -  relations: removed_part
SELECT 'drop' AS kind, type AS name, start_label, end_label, item,
    to_json({start: start_id, "end": end_id, props: MAP {}})::VARCHAR AS body
FROM {{removed_part}}
