-- name: revert.known_values  params: label, field  relations: standing
SELECT $label AS label, $field AS field, lower(trim(json_extract_string(body, '$.props.' || $field))) AS value,
    json_extract_string(body, '$.id') AS id
FROM {{standing}}
WHERE kind = 'node' AND name = $label AND json_extract_string(body, '$.props.' || $field) IS NOT NULL
