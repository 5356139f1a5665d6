// name: day.people  params: contact_ids  access: read  sees: viewer
UNWIND $contact_ids AS asked
MATCH (p:Contact {contact_id: asked})
RETURN p.contact_id AS contact_id, p.name AS name
