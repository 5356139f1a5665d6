-- name: target.written  params: -  relations: pending
SELECT name, count(*)
FROM {{pending}}
GROUP BY name
ORDER BY name
