-- name: profile.items  params: now  relations: -
-- The items of each customer that stand, a row for each link that everybody may see.
SELECT l.end_id AS customer_id, i.item_id, i.kind, i.name, l.relation, i.attributes
FROM edge_linked_to l
JOIN node_item i ON i.item_id = l.start_id
WHERE l.end_label = 'Customer' AND seen_by_company(l.visibility) AND l.valid_from <= $now
  AND (l.valid_to IS NULL OR l.valid_to > $now) AND coalesce(l.known_from, l.valid_from) <= $now
  AND (l.known_to IS NULL OR l.known_to > $now) AND (l.dismissed_at IS NULL OR l.dismissed_at > $now)
  AND (i.ended_at IS NULL OR i.ended_at > $now)
