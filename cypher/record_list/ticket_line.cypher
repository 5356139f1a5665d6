// fragment: record_list.ticket_line  params: details
// A ticket as a list shows it: with the customer and, of $details, who raised it, and who of us has it.
r {.ticket_id, .subject, .kind, .opened_at, .closed_at, .priority, .status, .category, .sla_breached,
  .satisfaction} AS record,
COLLECT {
  MATCH (r)-[:FOR]->(c:Customer) WHERE {{in_scope c}}
  RETURN {customer_id: c.customer_id, customer_name: c.name} ORDER BY c.customer_id DESC LIMIT 1
} AS customers,
CASE WHEN $details THEN COLLECT {
  MATCH (r)-[:RAISED_BY]->(p:Contact) WHERE {{contact_seen p t}} AND {{contact_in_scope p t}}
  RETURN p.contact_id ORDER BY p.contact_id LIMIT 1
} ELSE [] END AS raised_by,
CASE WHEN $details THEN COLLECT {
  MATCH (r)<-[w:OWNS]-(e:Employee) WHERE {{true_at w t}} AND {{seen_by_viewer w}}
  RETURN e {.employee_id, .name, .email, .team, .role, since: w.valid_from}
  ORDER BY w.valid_from, e.employee_id LIMIT 1
} ELSE [] END AS owners
