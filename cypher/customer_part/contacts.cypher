// fragment: customer_part.contacts  params: parts, contacts
// Who works there; how to reach them and what else is known of the job with `contact_details`, and that they seem to
// have left with `departures`.
CASE WHEN 'contacts' IN $parts THEN COLLECT {
  MATCH (c)<-[w:WORKS_AT]-(p:Contact)
  WHERE {{true_at w t}} AND {{seen_by_viewer w}}
  WITH c, w, p, t, 'contact_details' IN $parts AS detailed, 'departures' IN $parts AS departed
  RETURN p {.contact_id, .name, title: w.title, since: w.valid_from,
    email: CASE WHEN detailed THEN p.email END, phone: CASE WHEN detailed THEN p.phone END,
    mobile: CASE WHEN detailed THEN p.mobile END, department: CASE WHEN detailed THEN w.department END,
    seniority: CASE WHEN detailed THEN w.seniority END, basis: w.basis,
    confidence: CASE WHEN detailed THEN w.confidence END,
    departures: CASE WHEN departed THEN COLLECT {
      MATCH (p)-[g:DEPARTED]->(c)
      WHERE {{true_at g t}} AND {{seen_by_viewer g}}
      RETURN g {.valid_from, .known_from, .basis, .confidence, .method, .evidence, .moved_to}
      ORDER BY g.confidence DESC, g.fact_id LIMIT 1
    } END}
  ORDER BY p.name, p.contact_id
  LIMIT $contacts
} END AS contacts
