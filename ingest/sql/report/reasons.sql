-- name: report.reasons  params: -  relations: quarantined
SELECT dataset, file, row, reason
FROM {{quarantined}}
ORDER BY ALL
