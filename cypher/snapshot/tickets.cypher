// name: snapshot.tickets  params: before  access: read  sees: company
// Tickets opened before the moment.
MATCH (t:Ticket)-[:FOR]->(c:Customer)
WHERE t.opened_at < datetime($before) AND (t.ended_at IS NULL OR t.ended_at > datetime($before))
RETURN t.ticket_id AS ticket_id, c.customer_id AS customer_id, t.priority AS priority,
  t.sla_breached AS sla_breached, t.satisfaction AS satisfaction, t.opened_at.epochMillis AS opened_at, t.closed_at.epochMillis AS closed_at
