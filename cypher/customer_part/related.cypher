// fragment: customer_part.related  params: parts, limit
// Parent companies, subsidiaries and partners.
CASE WHEN 'related' IN $parts THEN COLLECT {
  MATCH (c)<-[w:PARENT_OF]-(o:Customer)
  WHERE {{true_at w t}} AND {{seen_by_viewer w}}
  RETURN o {.customer_id, .name, kind: 'parent', basis: w.basis, confidence: w.confidence}
} + COLLECT {
  MATCH (c)-[w:PARENT_OF]->(o:Customer)
  WHERE {{true_at w t}} AND {{seen_by_viewer w}}
  RETURN o {.customer_id, .name, kind: 'subsidiary', basis: w.basis, confidence: w.confidence}
  LIMIT $limit
} + COLLECT {
  MATCH (c)-[w:PARTNER_OF]-(o:Customer)
  WHERE {{true_at w t}} AND {{seen_by_viewer w}}
  RETURN o {.customer_id, .name, kind: 'partner', basis: w.basis, confidence: w.confidence}
  LIMIT $limit
} END AS related
