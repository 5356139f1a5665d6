// fragment: customer_part.contacts  params: parts, contacts
// Who works there.
CASE WHEN 'contacts' IN $parts THEN COLLECT {
  MATCH (c)<-[w:WORKS_AT]-(p:Contact)
  WHERE {{true_at w t}} AND {{seen_by_viewer w}}
  RETURN p {.contact_id, .name, .email, .phone, .mobile, title: w.title, department: w.department,
    seniority: w.seniority, since: w.valid_from, basis: w.basis, confidence: w.confidence,
    departures: COLLECT {
      MATCH (p)-[g:DEPARTED]->(c)
      WHERE {{true_at g t}} AND {{seen_by_viewer g}}
      RETURN g {.valid_from, .known_from, .basis, .confidence, .method, .evidence, .moved_to}
      ORDER BY g.confidence DESC, g.fact_id LIMIT 1
    }}
  ORDER BY p.name, p.contact_id
  LIMIT $contacts
} END AS contacts
