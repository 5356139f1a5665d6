// name: writing.hand_over  params: customer_id, owner_id, seen, fact, now, loaded_at, change  access: write  sees: viewer
// Ends what the owners that the author saw ($seen) own of the account, and gives it to another.
// The customer is written before its owners are read, so that of two statements at once the later one sees the other.
MATCH (c:Customer {customer_id: $customer_id})
SET c.last_statement = $change.change_id
WITH c, datetime($now) AS t, datetime($loaded_at) AS wall
MATCH (e:Employee {employee_id: $owner_id})
WHERE NOT EXISTS { MATCH (:Change {change_id: $change.change_id}) }
OPTIONAL MATCH (c)<-[old:OWNS]-(before:Employee)
WHERE {{true_at old t}} AND {{seen_by_viewer old}}
WITH c, e, t, wall, collect(old) AS ended, collect(DISTINCT before.employee_id) AS owners
WHERE size(owners) = size($seen) AND all(one IN owners WHERE one IN $seen)
CREATE (done:Change {change_id: $change.change_id})
SET done += $change, done.at = t, done.loaded_at = wall
FOREACH (old IN ended | SET old.valid_to = t)
MERGE (c)<-[w:OWNS {fact_id: $fact.fact_id}]-(e)
SET w += $fact, w.valid_from = t, w.known_from = t, w.loaded_at = wall
RETURN w.fact_id AS id
