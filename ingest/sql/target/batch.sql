-- name: target.batch  params: first, last  relations: pending
SELECT body, fresh
FROM {{pending}}
WHERE seq BETWEEN $first AND $last
ORDER BY seq
