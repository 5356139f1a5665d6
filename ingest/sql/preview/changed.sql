-- name: preview.changed  params: label, most  relations: pending
SELECT body
FROM {{pending}}
WHERE kind = 'node' AND name = $label AND NOT fresh AND json_extract(body, '$.props.ended_at') IS NULL
ORDER BY seq
LIMIT $most
