// fragment: customer_part.refusals  params: parts
// Whether those who work there refuse offers: [true] where all do, [false] where none does.
CASE WHEN 'refusals' IN $parts THEN COLLECT {
  MATCH (c)<-[w:WORKS_AT]-(p:Contact)
  WHERE {{true_at w t}} AND {{seen_by_viewer w}}
  RETURN DISTINCT {{refuses_offers p t}} AS refused
} END AS refusals
