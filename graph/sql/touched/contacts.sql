-- name: touched.contacts  params: before, now  relations: -
-- Contacts who met somebody, who changed, of whom a fact changed, began, ended or became known, whose mail came
-- back, whose ticket changed, or whose employer did.
WITH fact AS (
  SELECT start_id AS contact_id, valid_from, valid_to, known_from, known_to
  FROM edge_works_at WHERE start_label = 'Contact'
  UNION ALL
  SELECT start_id, valid_from, valid_to, known_from, known_to FROM edge_has_role WHERE start_label = 'Contact'
  UNION ALL
  SELECT start_id, valid_from, valid_to, known_from, known_to FROM edge_reports_to WHERE start_label = 'Contact'
  UNION ALL
  SELECT start_id, valid_from, valid_to, known_from, known_to FROM edge_influences WHERE start_label = 'Contact'
  UNION ALL
  SELECT start_id, valid_from, valid_to, known_from, known_to
  FROM edge_conflicts_with WHERE start_label = 'Contact'
)
SELECT id AS contact_id FROM touched_people WHERE label = 'Contact'
UNION
SELECT key FROM changed WHERE label = 'Contact'
UNION
SELECT other_key FROM changed WHERE other_label = 'Contact'
UNION
SELECT contact_id FROM fact
WHERE valid_from > $before AND valid_from <= $now OR valid_to > $before AND valid_to <= $now
  OR known_from > $before AND known_from <= $now OR known_to > $before AND known_to <= $now
UNION
SELECT contact_id FROM node_contact WHERE email_bounced_at > $before AND email_bounced_at <= $now
UNION
SELECT w.start_id FROM edge_works_at w
JOIN changed c ON c.kind = 'node_customer' AND c.key = w.end_id
UNION
SELECT r.end_id FROM edge_raised_by r
JOIN node_ticket t ON t.ticket_id = r.start_id
LEFT JOIN changed c ON c.kind = 'node_ticket' AND c.key = r.start_id
WHERE c.key IS NOT NULL OR t.opened_at > $before AND t.opened_at <= $now
  OR t.ended_at > $before AND t.ended_at <= $now
