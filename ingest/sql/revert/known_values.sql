-- name: revert.known_values  params: label, field  relations: standing
SELECT json_extract_string(body, '$.props.' || $field), json_extract_string(body, '$.props.country'),
    json_extract_string(body, '$.id')
FROM {{standing}}
WHERE kind = 'node' AND name = $label AND json_extract_string(body, '$.props.' || $field) IS NOT NULL
