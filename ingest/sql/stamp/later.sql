-- name: stamp.later  params: now, shown  relations: stamp
SELECT dataset, field, moment FROM {{stamp}}
WHERE moment > $now AND NOT arranged AND NOT live AND NOT declared
ORDER BY moment DESC, dataset, field LIMIT $shown
