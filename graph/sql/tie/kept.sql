-- name: tie.kept  params: now, floor, shape, scale, strongest, faintest, half_life_days  relations: -
-- The ties: raw weight and strength as of the last contact, and the moment from which the tie is too faint to keep.
SELECT * FROM (
  SELECT *, least(1.0 - exp(-raw / $scale), $strongest) AS strength,
    last_at + to_microseconds(floor($half_life_days / $shape * 86400e6
      * log2(raw / ($scale * -ln(1.0 - $faintest))))::BIGINT) AS fades_at
  FROM (SELECT *, $floor * pow(weight / $floor, $shape) AS raw FROM tie_weighed WHERE weight > 0)
)
WHERE fades_at > $now
