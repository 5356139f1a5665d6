// fragment: customer_part.related  params: limit
// Parent companies, subsidiaries and partners.
COLLECT {
  MATCH (c)<-[w:PARENT_OF]-(o:Customer)
  WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
    AND coalesce(w.known_from, w.valid_from) <= t AND (w.known_to IS NULL OR w.known_to > t)
  RETURN o {.customer_id, .name, kind: 'parent', basis: w.basis, confidence: w.confidence}
} + COLLECT {
  MATCH (c)-[w:PARENT_OF]->(o:Customer)
  WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
    AND coalesce(w.known_from, w.valid_from) <= t AND (w.known_to IS NULL OR w.known_to > t)
  RETURN o {.customer_id, .name, kind: 'subsidiary', basis: w.basis, confidence: w.confidence}
  LIMIT $limit
} + COLLECT {
  MATCH (c)-[w:PARTNER_OF]-(o:Customer)
  WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
    AND coalesce(w.known_from, w.valid_from) <= t AND (w.known_to IS NULL OR w.known_to > t)
  RETURN o {.customer_id, .name, kind: 'partner', basis: w.basis, confidence: w.confidence}
  LIMIT $limit
} AS related
