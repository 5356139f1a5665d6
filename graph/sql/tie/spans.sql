-- name: tie.spans  params: -  relations: -
-- Per pair: first and last contact, how many, whether ever directly.
SELECT start_person, end_person, min(met_at) AS first_at, max(met_at) AS last_at, count(*) AS interactions,
  bool_or(direct) AS direct
FROM tie_meetings
GROUP BY start_person, end_person
