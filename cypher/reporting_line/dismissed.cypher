// name: reporting_line.dismissed  params: contact_ids, as_of  access: read  sees: viewer
// Inferred superiors that somebody had said to be wrong at the moment, as far as everybody may see.
WITH datetime($as_of) AS t
UNWIND $contact_ids AS asked
MATCH (p:Contact {contact_id: asked})-[r:REPORTS_TO]->(m:Contact)
WHERE r.basis = 'inferred' AND r.dismissed_at <= t AND {{known_at r t}} AND {{seen_by_company r}}
RETURN DISTINCT p.contact_id AS contact_id, m.contact_id AS manager_id
