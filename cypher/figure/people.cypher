// name: figure.people  params: id, until, as_of, limit  access: read  sees: viewer
// People who work at a customer at as_of, by the beginning of the newest job, newest first.
MATCH (c:Customer {customer_id: $id})
WITH c, datetime($until) AS u, datetime($as_of) AS t WHERE {{in_scope c}}
MATCH (c)<-[w:WORKS_AT]-(n:Contact)
WHERE {{stated_at w t}} AND {{seen_by_company w}} AND {{standing_at n t}}
WITH n, u, max(w.valid_from) AS at
WHERE at <= u
RETURN 'Contact' AS kind, n.contact_id AS record_id, at
ORDER BY at DESC, record_id DESC LIMIT $limit
