// name: assertion.role_on_customer  params: contact_id, target_id, fact_id, props, now, loaded_at, change  access: write  sees: viewer
// The contact is written before its roles are read, so that of two statements at once the later one waits or is
// repeated, and sees the other as its predecessor.
WITH datetime($now) AS t
MATCH (p:Contact {contact_id: $contact_id})
SET p.last_assertion = $fact_id
WITH p, t
MATCH (x:Customer {customer_id: $target_id})
OPTIONAL MATCH (p)-[old:HAS_ROLE]->(x)
WHERE old.basis = 'asserted' AND old.fact_id <> $fact_id AND {{true_at old t}} AND {{seen_by_viewer old}}
WITH p, x, t, collect(old) AS replaced
FOREACH (old IN replaced | SET old.valid_to = t)
MERGE (p)-[r:HAS_ROLE {fact_id: $fact_id}]->(x)
SET r += $props, r.valid_from = t, r.known_from = t,
  r.loaded_at = datetime($loaded_at), r.valid_to = NULL
MERGE (c:Change {change_id: $change.change_id})
SET c.kind = 'assert.HAS_ROLE', c.at = t, c.actor = $change.actor,
  c.entity_ids = $change.entity_ids, c.count = 1
RETURN r.fact_id AS fact_id
