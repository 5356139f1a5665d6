// fragment: customer_part.owners  params: -
// Our people responsible for the account.
COLLECT {
  MATCH (c)<-[w:OWNS]-(e:Employee)
  WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
    AND coalesce(w.known_from, w.valid_from) <= t AND (w.known_to IS NULL OR w.known_to > t)
  RETURN e {.employee_id, .name, .team, since: w.valid_from}
  ORDER BY w.valid_from, e.employee_id
} AS owners
