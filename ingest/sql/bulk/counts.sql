-- name: bulk.counts  params: -  relations: pending
SELECT CASE WHEN kind = 'node' THEN 'node' ELSE 'relationship' END, name, count(*)
FROM {{pending}}
GROUP BY ALL
ORDER BY ALL
