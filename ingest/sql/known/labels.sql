-- name: known.labels  params: -  relations: asked
SELECT DISTINCT label
FROM {{asked}}
ORDER BY label
