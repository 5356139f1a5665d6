-- name: fact.new_targets  params: -  relations: new_fact
SELECT 'fact' AS kind, type AS name, start_label, end_label, 'FACT|' || fact_id AS item,
    '{"start":' || to_json(start_id) || ',"end":' || to_json(end_id) || ',"fact_id":"' || fact_id
    || '","props":' || json_merge_patch(
        to_json({
            valid_from: valid_from, known_from: known_from, basis: basis, confidence: 1.0, source: source,
            source_key: source_key, visibility: 'company'}),
        CASE
            WHEN valid_to IS NULL THEN fields
            ELSE json_merge_patch(fields, to_json({valid_to: valid_to}))
        END)::VARCHAR
    || '}' AS body
FROM {{new_fact}}
