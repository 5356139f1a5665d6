// name: writing.untag  params: customer_id, tag_id, now, loaded_at, change  access: write  sees: viewer
// Ends a tag that people or sources gave; what a rule sets stands as long as the rule holds.
MATCH (c:Customer {customer_id: $customer_id})
SET c.last_statement = $change.change_id
WITH c, datetime($now) AS t
WHERE NOT EXISTS { MATCH (:Change {change_id: $change.change_id}) }
MATCH (c)-[old:TAGGED]->(g:Tag)
WHERE g.tag_id = $tag_id AND old.basis <> 'inferred' AND {{true_at old t}} AND {{seen_by_viewer old}}
WITH t, collect(old) AS facts
WHERE size(facts) > 0
CREATE (done:Change {change_id: $change.change_id})
SET done += $change, done.at = t, done.loaded_at = datetime($loaded_at)
FOREACH (old IN facts | SET old.valid_to = t, old.retracted_by = $change.actor)
RETURN size(facts) AS retracted
