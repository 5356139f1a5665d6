// name: record.contact  params: id, as_of  access: read  sees: viewer
// The values of a contact of whom the viewer may see anything.
MATCH (n:Contact {contact_id: $id})
WITH n, datetime($as_of) AS t
WHERE {{contact_seen n t}} AND {{contact_in_scope n t}}
RETURN properties(n) AS props
