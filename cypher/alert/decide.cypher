// name: alert.decide  params: alert_id, state, now, loaded_at, change  access: write  sees: viewer
// What somebody decided about an alert that is not over.
// The alert is written before it is read, so that of two who decide at once the later one sees the other.
MATCH (a:Alert {alert_id: $alert_id})
SET a.last_decision = $change.change_id
WITH a, datetime($now) AS t
WHERE a.valid_to IS NULL AND NOT EXISTS { MATCH (:Change {change_id: $change.change_id}) }
CREATE (done:Change {change_id: $change.change_id})
SET done += $change, done.at = t, done.loaded_at = datetime($loaded_at),
  a.state = $state, a.state_by = $change.actor, a.state_at = t, a.state_reason = $change.reason
RETURN a.alert_id AS id
