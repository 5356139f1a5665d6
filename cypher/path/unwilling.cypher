// name: path.unwilling  params: contact_ids, as_of  access: read  sees: viewer
// Of these contacts those who do not want to be contacted.
UNWIND $contact_ids AS asked
MATCH (p:Contact {contact_id: asked})
WITH p, datetime($as_of) AS t
WHERE NOT {{may_be_contacted p t}}
RETURN p.contact_id AS contact_id
