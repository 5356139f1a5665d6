-- name: preview.counts  params: own  relations: pending
SELECT name, verb, count(*)
FROM (
    SELECT name, CASE
        WHEN kind = 'drop' THEN 'dropped'
        WHEN kind = 'node' AND json_extract(body, '$.props.ended_at') IS NOT NULL THEN 'ended'
        WHEN fresh THEN 'new'
        WHEN kind = 'fact' AND json_extract(body, ['$.props.valid_to', '$.props.known_to']) <> [NULL, NULL] THEN 'ended'
        ELSE 'changed'
    END AS verb
    FROM {{pending}}
    WHERE NOT list_contains($own, name))
GROUP BY name, verb
ORDER BY name, verb
