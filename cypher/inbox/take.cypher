// name: inbox.take  params: events, run_id, at  access: write  sees: all
// What became of events in the load that has taken them.
UNWIND $events AS event
MATCH (n:InboxEvent {event_id: event.event_id})
SET n.state = event.state, n.reason = event.reason, n.run_id = $run_id, n.done_at = datetime($at)
RETURN count(*) AS taken
