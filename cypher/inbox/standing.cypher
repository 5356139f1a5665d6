// name: inbox.standing  params: -  access: read  sees: viewer
// How many events wait for a load, and since when.
MATCH (n:InboxEvent {state: 'waiting'})
RETURN count(n) AS waiting, min(n.received_at) AS since
