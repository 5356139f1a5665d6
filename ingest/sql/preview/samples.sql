-- name: preview.samples  params: own, shown  relations: pending
SELECT name, verb, body
FROM (
    SELECT seq, name, body, CASE
        WHEN kind = 'drop' THEN 'dropped'
        WHEN kind = 'node' AND json_extract(body, '$.props.ended_at') IS NOT NULL THEN 'ended'
        WHEN fresh THEN 'new'
        WHEN kind = 'fact' THEN 'ended'
    END AS verb
    FROM {{pending}}
    WHERE NOT list_contains($own, name))
WHERE verb IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY name, verb ORDER BY seq) <= $shown
ORDER BY name, verb, seq
