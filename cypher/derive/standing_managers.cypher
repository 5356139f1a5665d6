// name: derive.standing_managers  params: contact_ids  access: read
MATCH (p:Contact) WHERE p.contact_id IN $contact_ids
MATCH (p)-[r:REPORTS_TO]->(:Contact) WHERE r.source = 'derive'
RETURN r {.fact_id, .confidence, .method, .valid_from, .valid_to, .known_from, .known_to, .evidence,
  .visibility, .owner_id} AS fact
