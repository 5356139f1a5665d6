-- name: report.refused  params: dataset  relations: refused
SELECT count(*)
FROM {{refused}}
WHERE dataset = $dataset
