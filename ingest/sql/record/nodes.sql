-- name: record.nodes  params: run_id, labels  relations: version
SELECT 'node' AS kind, 'SourceRecord' AS name, NULL AS start_label, NULL AS end_label,
    'SourceRecord|' || record_id AS item,
    json_merge_patch('{}'::JSON, to_json({id: record_id, props: {
        source: source, dataset: dataset, source_key: key, row_hash: hash, known_from: known_from,
        known_to: known_to, run_id: $run_id, values: body}}))::VARCHAR AS body
FROM {{version}}
WHERE changes AND list_contains($labels, label)
