-- name: copies.between  params: evidence  relations: -
-- Who wrote or was addressed, and who stood in copy, on mails that one of us sent or got: how often, when last, and
-- the newest mails, newest first.
WITH ours AS (
  SELECT DISTINCT interaction_id FROM tie_parts JOIN tie_people USING (person) WHERE label = 'Employee'
), theirs AS (
  SELECT p.interaction_id, p.met_at, p.part, q.id FROM tie_parts p
  JOIN tie_people q USING (person)
  SEMI JOIN ours USING (interaction_id)
  WHERE q.label = 'Contact' AND q.id IN (SELECT contact_id FROM copies_scope)
), both_of AS (
  SELECT a.id AS person, b.id AS copied, a.met_at, a.interaction_id
  FROM theirs a
  JOIN theirs b USING (interaction_id)
  WHERE a.part IN ('from', 'to') AND b.part = 'cc'
), newest AS (
  SELECT *, count(*) OVER pair AS times, row_number() OVER (pair ORDER BY met_at DESC, interaction_id) AS place
  FROM both_of
  WINDOW pair AS (PARTITION BY person, copied)
  QUALIFY place <= $evidence
)
SELECT person, copied, any_value(times) AS times, max(met_at) AS last_at,
  list('Interaction:' || interaction_id ORDER BY place) AS evidence
FROM newest
GROUP BY person, copied
ORDER BY person
