-- name: revert.counts  params: -  relations: undone
SELECT verb, name, count(*)
FROM {{undone}}
GROUP BY verb, name
ORDER BY verb, name
