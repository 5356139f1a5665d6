-- name: record.links  params: labels  relations: version
SELECT 'part' AS kind, 'RECORD_OF' AS name, 'SourceRecord' AS start_label, label AS end_label,
    'RECORD_OF|' || record_id AS item,
    to_json({start: record_id, "end": id, props: MAP {}})::VARCHAR AS body
FROM {{version}}
WHERE changes AND list_contains($labels, label)
ORDER BY label
