// name: path.unreachable  params: contact_ids, as_of  access: read  sees: viewer
// Of these contacts those over whom nobody is led.
UNWIND $contact_ids AS asked
MATCH (p:Contact {contact_id: asked})
WITH p, datetime($as_of) AS t
WHERE NOT {{reachable p t}}
RETURN p.contact_id AS contact_id
