-- name: stamp.later  params: now, shown  relations: stamp
SELECT dataset, told, moment FROM {{stamp}}
WHERE moment > $now AND NOT arranged AND NOT live AND NOT declared
ORDER BY moment DESC, dataset, told LIMIT $shown
