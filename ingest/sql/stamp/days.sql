-- name: stamp.days  params: until  relations: stamp
SELECT min(moment) AS first, max(moment) AS last, count(DISTINCT record) AS records, bool_or(kind = 'event') AS event
FROM {{stamp}}
WHERE moment <= $until AND NOT live AND NOT declared
GROUP BY left(moment, 10)
ORDER BY first
