-- name: quality.doubled  params: labels  relations: -
-- How many records of a source may be the same as another, of how many; quality_double holds `label, id`.
SELECT r.source, r.label, count(*) FILTER (d.id IS NULL) AS alone, count(*) AS records
FROM quality_records r LEFT JOIN quality_double d USING (label, id)
WHERE list_contains($labels, r.label)
GROUP BY ALL
