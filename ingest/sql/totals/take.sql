-- name: totals.take  params: dataset  relations: total, raw
DELETE FROM {{raw}}
WHERE (__file, __row) IN (SELECT (file, row) FROM {{total}} WHERE dataset = $dataset)
