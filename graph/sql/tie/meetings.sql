-- name: tie.meetings  params: co_recipient, copied  relations: -
-- Every pair of these people in one interaction, with its undecayed weight: mutual, and what the first sent the
-- second (forth) and the reverse (back). Two recipients of one mail hardly met: direct is false.
WITH part AS (
  SELECT g.interaction, g.met_at, g.channel, g.weight, p.person, p.part,
    p.part IN ('to', 'cc') AS received,
    CASE p.part WHEN 'to' THEN 1.0::DOUBLE WHEN 'cc' THEN $copied::DOUBLE ELSE 0.0 END AS reached
  FROM tie_parts p
  JOIN tie_groups g USING (interaction_id)
  WHERE p.person IN (SELECT person FROM tie_people SEMI JOIN tie_scope USING (label, id))
)
SELECT a.person AS start_person, b.person AS end_person, a.interaction, a.met_at, a.channel,
  a.weight * CASE WHEN a.received AND b.received THEN $co_recipient::DOUBLE
    WHEN a.part = 'from' AND b.reached > 0 OR b.part = 'from' AND a.reached > 0 THEN 0.0 ELSE 1.0 END AS mutual,
  CASE WHEN a.part = 'from' THEN a.weight * b.reached ELSE 0.0 END AS forth,
  CASE WHEN b.part = 'from' THEN a.weight * a.reached ELSE 0.0 END AS back,
  NOT (a.received AND b.received) AND a.weight > 0 AS direct
FROM part a
JOIN part b ON a.interaction = b.interaction AND a.person < b.person
