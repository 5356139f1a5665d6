// fragment: customer_part.staff  params: -
// Everybody who worked there: coverage as of a past day is recomputed from their interactions.
COLLECT {
  MATCH (c)<-[w:WORKS_AT]-(p:Contact)
  WHERE {{true_at w t}} AND {{seen_by_viewer w}}
  RETURN DISTINCT p {.contact_id, .name}
} AS staff
