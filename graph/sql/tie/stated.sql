-- name: tie.stated  params: method, half_life_days  relations: -
-- The ties of the slice that do not stand so, with the standing fact of the pair where there is one. The digest is
-- over all values, so that comparing needs no other.
WITH stated AS (
  SELECT a.label AS start_label, a.id AS start_id, b.label AS end_label, b.id AS end_id,
    k.first_at, k.last_at, k.interactions, k.mutual, k.forth, k.back, k.raw, k.strength, k.fades_at,
    n.evidence, n.channels,
    md5(to_json([$method, $half_life_days::VARCHAR, k.first_at::VARCHAR, k.last_at::VARCHAR,
      k.interactions::VARCHAR, k.mutual::VARCHAR, k.forth::VARCHAR, k.back::VARCHAR, k.raw::VARCHAR,
      k.strength::VARCHAR, n.evidence::VARCHAR, n.channels::VARCHAR])::VARCHAR) AS digest,
    k.start_person, k.end_person
  FROM tie_slice k
  JOIN tie_newest n USING (start_person, end_person)
  JOIN tie_people a ON a.person = k.start_person
  JOIN tie_people b ON b.person = k.end_person
)
SELECT w.* EXCLUDE (start_person, end_person), s.fact_id AS standing_id
FROM stated w
LEFT JOIN tie_standing s USING (start_label, start_id, end_label, end_id)
WHERE w.digest IS DISTINCT FROM s.digest
ORDER BY w.start_person, w.end_person
