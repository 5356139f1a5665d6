-- name: revert.leave  params: label, ids  relations: undone
-- What stays although no load states it: entities of which people have said something, with their aliases.
DELETE FROM {{undone}}
WHERE verb = 'drop' AND (
    kind = 'node' AND name = $label AND list_contains($ids, json_extract_string(body, '$.id'))
    OR name = 'ALIAS_OF' AND end_label = $label AND list_contains($ids, json_extract_string(body, '$.end'))
    OR kind = 'node' AND name = 'Alias' AND json_extract_string(body, '$.id') IN (
        SELECT json_extract_string(body, '$.start')
        FROM {{undone}}
        WHERE name = 'ALIAS_OF' AND end_label = $label AND list_contains($ids, json_extract_string(body, '$.end'))))
