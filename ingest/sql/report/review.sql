-- name: report.review  params: -  relations: review
SELECT dataset, label, key, shown, reason, candidates
FROM {{review}}
ORDER BY dataset, shown, key
