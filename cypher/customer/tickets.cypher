// name: customer.tickets  params: customer_ids, as_of  access: read  sees: viewer
// The tickets of each customer as they are today; those that had ended by as_of are left out.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})<-[:FOR]-(s:Ticket)
WITH c, s, datetime($as_of) AS t
WHERE {{standing_at s t}} AND {{in_scope c}}
RETURN c.customer_id AS customer_id, s {.ticket_id, .opened_at, .closed_at, .sla_breached, .satisfaction} AS ticket
ORDER BY customer_id, ticket.ticket_id
