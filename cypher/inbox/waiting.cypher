// name: inbox.waiting  params: most  access: read  sees: all
// The events that no load has taken, in the order in which they came.
MATCH (n:InboxEvent {state: 'waiting'})
RETURN n.event_id AS event_id, n.payload AS payload
ORDER BY n.received_at, n.place, n.event_id
LIMIT $most
