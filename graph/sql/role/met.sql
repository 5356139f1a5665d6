-- name: role.met  params: -  relations: -
-- How often each of the staff (`copies_scope`) took part in something with somebody, one of us or of them.
SELECT a.id AS contact_id, b.label || ':' || b.id AS other, count(DISTINCT p.interaction_id) AS times
FROM tie_parts p
JOIN tie_people a ON a.person = p.person AND a.label = 'Contact' AND a.id IN (SELECT contact_id FROM copies_scope)
JOIN tie_parts o ON o.interaction_id = p.interaction_id AND o.person <> p.person
JOIN tie_people b ON b.person = o.person
JOIN tie_groups g ON g.interaction_id = p.interaction_id
GROUP BY a.id, b.label, b.id
