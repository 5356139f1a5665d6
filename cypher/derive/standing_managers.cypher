// name: derive.standing_managers  params: contact_ids  access: read  sees: all
UNWIND $contact_ids AS asked
MATCH (p:Contact {contact_id: asked})-[r:REPORTS_TO]->(m:Contact) WHERE r.source = 'derive'
RETURN m.contact_id AS end_id, r {.fact_id, .confidence, .method, .valid_from, .valid_to, .known_from, .known_to, .evidence,
  .visibility, .owner_id, .dismissed_at} AS fact
