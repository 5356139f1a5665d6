// fragment: customer_part.contacts  params: contacts, viewer
// Who works there.
COLLECT {
  MATCH (c)<-[w:WORKS_AT]-(p:Contact)
  WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
    AND coalesce(w.known_from, w.valid_from) <= t AND (w.known_to IS NULL OR w.known_to > t)
    AND (coalesce(w.visibility, 'company') = 'company' OR w.owner_id = $viewer)
  RETURN p {.contact_id, .name, .email, .phone, .mobile, title: w.title, department: w.department,
    seniority: w.seniority, since: w.valid_from, basis: w.basis, confidence: w.confidence}
  ORDER BY p.name, p.contact_id
  LIMIT $contacts
} AS contacts
