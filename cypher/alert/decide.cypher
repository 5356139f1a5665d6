// name: alert.decide  params: alert_id, state, actor, reason, at, change_id  access: write  sees: company
// What somebody decided about an alert that is not over, with the record of it.
MATCH (a:Alert {alert_id: $alert_id})
WHERE a.valid_to IS NULL
SET a.state = $state, a.state_by = $actor, a.state_at = datetime($at), a.state_reason = $reason
MERGE (c:Change {change_id: $change_id})
SET c.kind = 'alert.' + $state, c.at = datetime($at), c.actor = $actor,
  c.entity_ids = ['Alert:' + $alert_id], c.count = 1
RETURN a.alert_id AS alert_id
