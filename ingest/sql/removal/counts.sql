-- name: removal.counts  params: -  relations: entities
SELECT label, count(DISTINCT id)
FROM {{entities}}
GROUP BY label
ORDER BY label
