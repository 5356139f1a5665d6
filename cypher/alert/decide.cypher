// name: alert.decide  params: alert_id, state, actor, reason, at, change_id  access: write  sees: viewer
// What somebody decided about an alert that is not over, with the record of it. A change that is recorded already
// is not made again. The alert is written first, so that of two statements at once the later one sees the other.
MATCH (a:Alert {alert_id: $alert_id})
SET a.last_decision = $change_id
WITH a
OPTIONAL MATCH (before:Change {change_id: $change_id})
WITH a, before, CASE WHEN before IS NULL AND a.valid_to IS NULL THEN [1] ELSE [] END AS now
FOREACH (_ IN now |
  SET a.state = $state, a.state_by = $actor, a.state_at = datetime($at), a.state_reason = $reason
  MERGE (c:Change {change_id: $change_id})
  SET c.kind = 'alert.' + $state, c.at = datetime($at), c.actor = $actor, c.reason = $reason,
    c.entity_ids = ['Alert:' + $alert_id], c.count = 1
)
RETURN a.alert_id AS alert_id, size(now) = 1 AS written, before {.kind, .entity_ids} AS before
