// name: derive.stated_managers  params: contact_ids, now  access: read
MATCH (p:Contact) WHERE p.contact_id IN $contact_ids
MATCH (p)-[r:REPORTS_TO]->(m:Contact)
WHERE r.basis <> 'inferred' AND r.valid_from <= datetime($now) AND (r.valid_to IS NULL OR r.valid_to > datetime($now))
  AND coalesce(r.known_from, r.valid_from) <= datetime($now) AND (r.known_to IS NULL OR r.known_to > datetime($now))
RETURN DISTINCT p.contact_id AS contact_id, m.contact_id AS manager_id
