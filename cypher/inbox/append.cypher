// name: inbox.append  params: events, received_at, receipt  access: write  sees: viewer
// An event whose id stands already is left as it is. The receipt is that of one request: where its transaction is
// repeated, what it wrote the first time is still its own.
UNWIND $events AS event
MERGE (n:InboxEvent {event_id: event.event_id})
ON CREATE SET n.kind = event.kind, n.at = datetime(event.at), n.actor = event.actor, n.payload = event.payload,
  n.state = 'waiting', n.received_at = datetime($received_at), n.place = event.place, n.receipt = $receipt
RETURN n.event_id AS event_id, n.receipt = $receipt AS appended, n.payload = event.payload AS same
