// fragment: customer_part.contacts  params: parts, contacts
// Who works there, of several jobs of a person the newest first; how to reach them and what else is known of the job
// with `contact_details`, and that they seem to have left with `departures`.
CASE WHEN 'contacts' IN $parts THEN COLLECT {
  MATCH (c)<-[w:WORKS_AT]-(p:Contact)
  WHERE {{true_at w t}} AND {{seen_by_viewer w}}
  RETURN CASE WHEN 'contact_details' IN $parts OR 'departures' IN $parts THEN p {.contact_id, .name, .email, .phone,
    .mobile, title: w.title, department: w.department, seniority: w.seniority, since: w.valid_from, basis: w.basis,
    confidence: w.confidence,
    departures: CASE WHEN 'departures' IN $parts THEN COLLECT {
      MATCH (p)-[g:DEPARTED]->(c)
      WHERE {{true_at g t}} AND {{seen_by_viewer g}}
      RETURN g {.valid_from, .known_from, .basis, .confidence, .method, .evidence, .moved_to} AS departure
      ORDER BY g.confidence DESC, g.fact_id LIMIT 1
    } END}
  ELSE p {.contact_id, .name, title: w.title} END
  ORDER BY p.name, p.contact_id, w.valid_from DESC, coalesce(w.title, '') DESC
  LIMIT $contacts
} END AS contacts
