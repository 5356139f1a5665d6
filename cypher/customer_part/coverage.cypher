// fragment: customer_part.coverage  params: -
// The strongest of our ties to anybody there, and whether there was any contact at all.
COLLECT {
  MATCH (c)<-[w:WORKS_AT]-(p:Contact)<-[k:KNOWS]-(e:Employee)
  WHERE {{true_at w t}} AND {{seen_by_viewer w}} AND {{seen_by_viewer k}} AND coalesce(e.active, true)
    AND k.derived_at <= t
  RETURN {employee: e.name, contact: p.name,
    strength: {{strength k t}}}
  ORDER BY k.strength DESC
  LIMIT 1
} AS best_tie,
EXISTS {
  MATCH (c)<-[w:WORKS_AT]-(p:Contact)-[:PARTICIPATED_IN]->(i:Interaction)
  WHERE {{known_at w t}} AND {{seen_by_viewer w}} AND i.at <= t AND {{seen_by_viewer i}}
} AS met
