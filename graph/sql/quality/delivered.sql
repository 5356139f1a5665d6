-- name: quality.delivered  params: now, least  relations: -
-- Whether a source still delivers: its silence since the day of its newest record is no longer than the longest there was
-- between two such days before. quality_day holds `source, label, day`; fewer days than `least` have no rhythm.
WITH gap AS (
    SELECT source, label, day, day - lag(day) OVER (PARTITION BY source, label ORDER BY day) AS days FROM quality_day
)
SELECT source, label, max(days) AS horizon, CAST($now AS DATE) - max(day) <= max(days) AS delivers
FROM gap GROUP BY ALL HAVING count(*) >= $least
