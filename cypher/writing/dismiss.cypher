// name: writing.dismiss  params: contact_id, fact_id, why, now, loaded_at, change  access: write  sees: viewer
// What a source states of a contact counts no more: somebody says that it is wrong. The fact stays as its source has it.
MATCH (p:Contact {contact_id: $contact_id})
SET p.last_statement = $change.change_id
WITH p, datetime($now) AS t
WHERE NOT EXISTS { MATCH (:Change {change_id: $change.change_id}) }
MATCH (p)-[r:HAS_ROLE|REPORTS_TO]->(x)
WHERE r.fact_id = $fact_id AND r.dismissed_at IS NULL AND {{stated_at r t}} AND {{seen_by_viewer r}}
  AND (type(r) = 'REPORTS_TO' OR {{in_scope x}} OR {{deal_in_scope x}})
CREATE (done:Change {change_id: $change.change_id})
SET done += $change, done.at = t, done.loaded_at = datetime($loaded_at)
SET r.dismissed_by = $change.actor, r.dismissed_at = t, r.dismissed_why = $why
RETURN r.fact_id AS id
