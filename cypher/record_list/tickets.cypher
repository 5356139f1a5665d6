// name: record_list.tickets  params: ids, as_of  access: read  sees: viewer
// Tickets as a list shows them: with the customer, who raised it, and who of us has it.
UNWIND $ids AS asked
MATCH (k:Ticket {ticket_id: asked})-[:FOR]->(c:Customer)
WHERE {{in_scope c}}
WITH k, c, datetime($as_of) AS t
RETURN k {.ticket_id, .subject, .kind, .opened_at, .closed_at, .priority, .status, .category, .sla_breached,
    .satisfaction} AS record,
  c.customer_id AS customer_id, c.name AS customer_name,
  COLLECT {
    MATCH (k)-[:RAISED_BY]->(p:Contact) WHERE {{contact_seen p t}} AND {{contact_in_scope p t}}
    RETURN p.contact_id ORDER BY p.contact_id LIMIT 1
  } AS raised_by,
  COLLECT {
    MATCH (k)<-[w:OWNS]-(e:Employee) WHERE {{true_at w t}} AND {{seen_by_viewer w}}
    RETURN e {.employee_id, .name, .email, .team, .role, since: w.valid_from}
    ORDER BY w.valid_from, e.employee_id LIMIT 1
  } AS owners
ORDER BY record.ticket_id, customer_id
