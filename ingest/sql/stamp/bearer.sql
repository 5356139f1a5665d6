-- name: stamp.bearer  params: at  relations: stamp
SELECT dataset, field FROM {{stamp}} WHERE moment = $at AND NOT live AND NOT declared ORDER BY dataset, field LIMIT 1
