// fragment: customer_part.staff  params: parts
// Everybody who worked there: coverage as of a past day is recomputed from their interactions.
CASE WHEN 'staff' IN $parts THEN COLLECT {
  MATCH (c)<-[w:WORKS_AT]-(p:Contact)
  WHERE {{true_at w t}} AND {{seen_by_viewer w}}
  RETURN DISTINCT p {.contact_id, .name}
} END AS staff
