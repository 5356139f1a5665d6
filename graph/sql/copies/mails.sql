-- name: copies.mails  params: -  relations: -
-- How many mails, which one of us sent or got, each of the staff wrote or was addressed by.
SELECT q.id AS person, count(*) AS mails
FROM tie_parts p
JOIN tie_people q USING (person)
WHERE q.label = 'Contact' AND p.part IN ('from', 'to') AND q.id IN (SELECT contact_id FROM copies_scope)
  AND p.interaction_id IN (SELECT interaction_id FROM tie_parts JOIN tie_people USING (person) WHERE label = 'Employee')
GROUP BY q.id
