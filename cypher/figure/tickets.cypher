// name: figure.tickets  params: id, since, until, as_of, open, limit  access: read  sees: viewer
// Tickets of a customer that were opened after `since` and until `until`, newest first; $open: open at as_of.
MATCH (c:Customer {customer_id: $id})
WITH c, datetime($since) AS s, datetime($until) AS u, datetime($as_of) AS t WHERE {{in_scope c}}
MATCH (c)<-[:FOR]-(n:Ticket)
WHERE n.opened_at > s AND n.opened_at <= u AND n.opened_at <= t AND {{standing_at n t}}
  AND (NOT $open OR n.closed_at IS NULL OR n.closed_at > t)
RETURN 'Ticket' AS kind, n.ticket_id AS record_id, n.opened_at AS at
ORDER BY at DESC, record_id DESC LIMIT $limit
