-- name: stamp.bearer  params: at  relations: stamp
SELECT dataset, told FROM {{stamp}} WHERE moment = $at AND NOT live AND NOT declared ORDER BY dataset, told LIMIT 1
