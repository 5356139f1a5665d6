// fragment: customer_part.met  params: -
// Whether there was any contact with anybody who worked there.
EXISTS {
  MATCH (c)<-[w:WORKS_AT]-(p:Contact)-[:PARTICIPATED_IN]->(i:Interaction)
  WHERE {{known_at w t}} AND {{seen_by_viewer w}} AND i.at <= t AND {{seen_by_viewer i}}
} AS met
