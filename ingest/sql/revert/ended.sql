-- name: revert.ended  params: -  relations: undone
-- Entities that end, or are open again, without the load.
SELECT name, list({id: json_extract_string(body, '$.id'), moment: json_extract_string(body, '$.props.ended_at')} ORDER BY item)
FROM {{undone}}
WHERE verb = 'put' AND kind = 'node' AND list_contains(mentioned, 'ended_at')
GROUP BY name
ORDER BY name
