-- name: record.ended_nodes  params: labels  relations: removed
SELECT DISTINCT 'node' AS kind, 'SourceRecord' AS name, NULL AS start_label, NULL AS end_label,
    'SourceRecord|' || record_id AS item,
    to_json({id: record_id, props: {known_to: moment}})::VARCHAR AS body
FROM {{removed}}
WHERE list_contains($labels, label)
