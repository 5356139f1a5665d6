-- name: quality.counts  params: -  relations: -
SELECT source, label, count(*) AS records FROM quality_records GROUP BY ALL
