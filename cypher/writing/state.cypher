// name: writing.state  params: contact_id, end_id, only, fact, now, loaded_at, change  access: write  sees: viewer  slots: type, end, end_key
// What was asserted of the same two before ends now; with $only what was asserted of the contact and anybody.
// The contact is written before its facts are read, so that of two statements at once the later one waits or is
// repeated, and sees the other as its predecessor.
MATCH (p:Contact {contact_id: $contact_id})
SET p.last_statement = $change.change_id
WITH p, datetime($now) AS t, datetime($loaded_at) AS wall
MATCH (x:{{end}} { {{end_key}}: $end_id})
WHERE NOT EXISTS { MATCH (:Change {change_id: $change.change_id}) }
OPTIONAL MATCH (p)-[old:HAS_ROLE|REPORTS_TO|INFLUENCES|CONFLICTS_WITH|REFERRED]->(y)
WHERE type(old) = '{{type}}' AND old.basis = 'asserted' AND old.fact_id <> $fact.fact_id
  AND ($only OR coalesce(y.opportunity_id, y.customer_id, y.contact_id) = $end_id)
  AND {{true_at old t}} AND {{seen_by_viewer old}}
WITH p, x, t, wall, collect(old) AS replaced
CREATE (done:Change {change_id: $change.change_id})
SET done += $change, done.at = t, done.loaded_at = wall
FOREACH (old IN replaced | SET old.valid_to = t)
MERGE (p)-[r:{{type}} {fact_id: $fact.fact_id}]->(x)
SET r += $fact, r.valid_from = t, r.known_from = t, r.loaded_at = wall, r.valid_to = NULL
RETURN r.fact_id AS id
