-- name: tie.gaps  params: percentile, enough  relations: -
-- The percentile of the days between contacts of a pair; nothing where there are too few gaps.
WITH day AS (
  SELECT DISTINCT start_person, end_person, epoch_us(met_at) // 86400000000 AS day FROM tie_meetings WHERE direct
), gap AS (
  SELECT day - lag(day) OVER (PARTITION BY start_person, end_person ORDER BY day) AS days FROM day
)
SELECT quantile_cont(days, $percentile) AS days FROM gap WHERE days IS NOT NULL HAVING count(*) >= $enough
