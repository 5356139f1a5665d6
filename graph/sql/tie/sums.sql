-- name: tie.sums  params: half_life_days  relations: -
-- Per pair the weights as of its last contact, faded by the half-life. Fixed point, 10^-12: a sum of whole numbers
-- is the same in whatever order, so the same data always leave the same tie.
SELECT start_person, end_person, any_value(first_at) AS first_at, any_value(last_at) AS last_at,
  any_value(interactions) AS interactions, any_value(direct) AS direct,
  sum(round(mutual * fade * 1e12)::HUGEINT)::DOUBLE / 1e12 AS mutual,
  sum(round(forth * fade * 1e12)::HUGEINT)::DOUBLE / 1e12 AS forth,
  sum(round(back * fade * 1e12)::HUGEINT)::DOUBLE / 1e12 AS back
FROM (
  SELECT s.*, m.mutual, m.forth, m.back,
    pow(2.0, (epoch_us(m.met_at) - epoch_us(s.last_at)) / 86400e6 / $half_life_days) AS fade
  FROM tie_meetings m
  JOIN tie_spans s USING (start_person, end_person)
)
GROUP BY start_person, end_person
