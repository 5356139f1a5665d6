-- name: target.batch  params: first, last  relations: pending
SELECT '[' || string_agg(body, ',' ORDER BY seq) || ']', list(seq ORDER BY seq) FILTER (NOT fresh)
FROM {{pending}}
WHERE seq BETWEEN $first AND $last
