-- name: tie.in_use  params: now, half_life_days, enough  relations: -
-- Median and 95th percentile of the weight now of the ties in use; nothing where there are too few.
SELECT quantile_cont(weight_now, 0.5) AS median, quantile_cont(weight_now, 0.95) AS high
FROM (
  SELECT weight * pow(2.0, -age / $half_life_days) AS weight_now
  FROM (SELECT *, (epoch_us($now) - epoch_us(last_at)) / 86400e6 AS age FROM tie_weighed)
  WHERE direct AND age <= $half_life_days
)
WHERE weight_now > 0
HAVING count(*) >= $enough
