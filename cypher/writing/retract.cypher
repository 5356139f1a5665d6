// name: writing.retract  params: contact_id, end_id, type, now, loaded_at, change  access: write  sees: viewer
// Ends what was asserted of a contact and another record; what records show and methods conclude stands.
// Why it was retracted stands in the Change; the fact keeps why it was stated.
MATCH (p:Contact {contact_id: $contact_id})
SET p.last_statement = $change.change_id
WITH p, datetime($now) AS t
WHERE NOT EXISTS { MATCH (:Change {change_id: $change.change_id}) }
MATCH (p)-[old:HAS_ROLE|REPORTS_TO|INFLUENCES|CONFLICTS_WITH|REFERRED]->(y)
WHERE type(old) = $type AND old.basis = 'asserted'
  AND coalesce(y.opportunity_id, y.customer_id, y.contact_id) = $end_id
  AND {{true_at old t}} AND {{seen_by_viewer old}}
WITH t, collect(old) AS facts
WHERE size(facts) > 0
CREATE (done:Change {change_id: $change.change_id})
SET done += $change, done.at = t, done.loaded_at = datetime($loaded_at)
FOREACH (old IN facts | SET old.valid_to = t, old.retracted_by = $change.actor)
RETURN size(facts) AS retracted
