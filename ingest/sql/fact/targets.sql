-- name: fact.targets  params: -  relations: fact
SELECT 'fact' AS kind, type AS name, start_label, end_label, 'FACT|' || fact_id AS item,
    '{"start":' || to_json(start_id) || ',"end":' || to_json(end_id) || ',"fact_id":"' || fact_id
    || '","props":' || json_merge_patch(
        to_json({
            valid_from: valid_from, known_from: known_from, basis: basis, confidence: 1.0, source: source,
            source_key: source_key, visibility: 'company'}),
        fields,
        CASE WHEN valid_to IS NULL THEN '{}'::JSON ELSE to_json({valid_to: valid_to}) END,
        CASE
            WHEN known_to IS NULL THEN '{}'::JSON
            ELSE to_json({known_to: known_to, reason: 'corrected by its source'})
        END)::VARCHAR
    || '}' AS body
FROM {{fact}}
