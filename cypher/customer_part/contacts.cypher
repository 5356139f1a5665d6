// fragment: customer_part.contacts  params: contacts
// Who works there.
COLLECT {
  MATCH (c)<-[w:WORKS_AT]-(p:Contact)
  WHERE {{true_at w t}} AND {{seen_by_viewer w}}
  RETURN p {.contact_id, .name, .email, .phone, .mobile, title: w.title, department: w.department,
    seniority: w.seniority, since: w.valid_from, basis: w.basis, confidence: w.confidence}
  ORDER BY p.name, p.contact_id
  LIMIT $contacts
} AS contacts
