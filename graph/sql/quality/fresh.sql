-- name: quality.fresh  params: now  relations: -
-- How many records of a source were stated anew within its horizon; quality_rhythm holds `source, label, horizon`.
SELECT r.source, r.label, h.horizon,
    count(*) FILTER (date_diff('second', r.stated_at, $now) / 86400.0 <= h.horizon) AS fresh, count(*) AS records
FROM quality_records r JOIN quality_rhythm h USING (source, label)
WHERE h.horizon IS NOT NULL
GROUP BY ALL
