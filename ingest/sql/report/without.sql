-- name: report.without  params: -  relations: ends
SELECT coalesce(start_problem, end_problem) AS why, count(DISTINCT __seq)
FROM {{ends}}
WHERE start_id IS NULL OR end_id IS NULL
GROUP BY why
ORDER BY why
