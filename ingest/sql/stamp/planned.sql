-- name: stamp.planned  params: now, horizon  relations: stamp
SELECT dataset, field, count(DISTINCT seq) AS rows, max(moment) AS last
FROM {{stamp}}
WHERE moment > $now AND moment <= $horizon AND (kind = 'start' OR arranged)
GROUP BY ALL ORDER BY dataset, field
