-- name: totals.counts  params: -  relations: total
SELECT dataset, count(*)
FROM {{total}}
GROUP BY dataset
ORDER BY dataset
