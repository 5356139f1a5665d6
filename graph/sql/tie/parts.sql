-- name: tie.parts  params: now  relations: -
-- Who took part in what had happened by now and everybody may see: what only its owner or team may see ties
-- nobody, for a tie is as visible as what it rests on.
SELECT i.interaction_id, i."at" AS met_at, coalesce(i.channel, 'other') AS channel, p.person,
  coalesce(e.part, 'attendee') AS part
FROM edge_participated_in e
JOIN tie_people p ON p.label = e.start_label AND p.id = e.start_id
JOIN node_interaction i ON i.interaction_id = e.end_id
WHERE i."at" <= $now AND (i.ended_at IS NULL OR i.ended_at > $now) AND seen_by_company(i.visibility)
