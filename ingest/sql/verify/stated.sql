-- name: verify.stated  params: own  relations: pending
SELECT name, body
FROM {{pending}}
WHERE kind = 'node' AND NOT list_contains($own, name)
    AND json_extract(body, '$.props.ended_at') IS NULL
ORDER BY name, item
