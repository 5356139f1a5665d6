// name: writing.superiors  params: contact_id, now  access: read  sees: viewer
// Everybody above a contact, by reporting lines that somebody or records state and the viewer may see.
MATCH (p:Contact {contact_id: $contact_id})
WITH p, datetime($now) AS t
MATCH path = (p)-[:REPORTS_TO*1..8]->(m:Contact)
WHERE all(r IN relationships(path) WHERE {{true_at r t}} AND {{seen_by_viewer r}} AND r.basis <> 'inferred')
RETURN DISTINCT m.contact_id AS contact_id
