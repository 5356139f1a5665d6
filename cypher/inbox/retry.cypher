// name: inbox.retry  params: -  access: write  sees: all
// Events in quarantine wait again: what they name may be known now.
MATCH (n:InboxEvent {state: 'quarantined'})
SET n.state = 'waiting'
RETURN count(n) AS again
