-- name: stamp.early  params: years, one_in, shown  relations: stamp
-- The events before the last silence of so many years that hardly any record precedes, and the first day after it.
WITH day AS (
    SELECT left(moment, 10) AS day, count(DISTINCT record) AS records
    FROM {{stamp}}
    WHERE kind = 'event'
    GROUP BY ALL),
placed AS (
    SELECT day, lead(day) OVER by_day AS next, sum(records) OVER by_day AS until, sum(records) OVER () AS records
    FROM day
    WINDOW by_day AS (ORDER BY day)),
silence AS (
    SELECT max(day) AS last, max(next) AS next
    FROM placed
    WHERE date_diff('year', day::DATE, next::DATE) >= $years AND until <= greatest(1, records // $one_in))
SELECT dataset, field, left(moment, 10), next
FROM {{stamp}}, silence
WHERE kind = 'event' AND left(moment, 10) <= last
ORDER BY moment, dataset, field
LIMIT $shown
