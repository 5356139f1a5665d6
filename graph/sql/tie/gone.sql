-- name: tie.gone  params: -  relations: -
-- What stands among these people and is no tie now.
SELECT s.fact_id, s.end_label, s.end_id
FROM tie_standing s
ANTI JOIN (
  SELECT a.label AS start_label, a.id AS start_id, b.label AS end_label, b.id AS end_id
  FROM tie_kept k
  JOIN tie_people a ON a.person = k.start_person
  JOIN tie_people b ON b.person = k.end_person
) USING (start_label, start_id, end_label, end_id)
ORDER BY fact_id
