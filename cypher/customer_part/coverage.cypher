// fragment: customer_part.coverage  params: parts
// The strongest of our ties to anybody there, as the last derive left them.
CASE WHEN 'coverage' IN $parts THEN COLLECT {
  MATCH (c)<-[w:WORKS_AT]-(p:Contact)<-[k:KNOWS]-(e:Employee)
  WHERE {{true_at w t}} AND {{seen_by_viewer w}} AND {{seen_by_viewer k}} AND coalesce(e.active, true)
  WITH e, p, {{strength k t}} AS strength
  RETURN {employee: e.name, contact: p.name, strength: strength}
  ORDER BY strength DESC, e.employee_id, p.contact_id
  LIMIT 1
} END AS best_tie
