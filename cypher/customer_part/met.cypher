// fragment: customer_part.met  params: parts
// Whether there was any contact with anybody who worked there.
CASE WHEN 'met' IN $parts THEN EXISTS {
  MATCH (c)<-[w:WORKS_AT]-(p:Contact)-[:PARTICIPATED_IN]->(i:Interaction)
  WHERE {{known_at w t}} AND {{seen_by_viewer w}} AND i.at <= t AND {{standing_at i t}} AND {{seen_by_viewer i}}
} END AS met
