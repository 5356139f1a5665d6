-- name: entity.ended_nodes  params: -  relations: ended
SELECT 'node' AS kind, label AS name, NULL AS start_label, NULL AS end_label, label || '|' || id AS item,
    to_json({id: id, props: {ended_at: moment}})::VARCHAR AS body
FROM {{ended}}
