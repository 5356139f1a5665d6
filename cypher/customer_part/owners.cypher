// fragment: customer_part.owners  params: parts
// Our people responsible for the account.
CASE WHEN 'owners' IN $parts THEN COLLECT {
  MATCH (c)<-[w:OWNS]-(e:Employee)
  WHERE {{true_at w t}} AND {{seen_by_viewer w}}
  RETURN e {.employee_id, .name, .email, .team, .role, since: w.valid_from}
  ORDER BY w.valid_from, e.employee_id
} END AS owners
