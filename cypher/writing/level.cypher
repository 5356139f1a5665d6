// name: writing.level  params: subject_id, employee_id, fact, current, wanted, now, loaded_at, change  access: write  sees: viewer  slots: label, key
// How we stand with a customer or a contact from now on; what is not said of the two levels stays as it was.
// The record is written first, so that of two statements at once the later one sees the other.
MATCH (x:{{label}} { {{key}}: $subject_id})
SET x.last_statement = $change.change_id
WITH x, datetime($now) AS t, datetime($loaded_at) AS wall
MATCH (e:Employee {employee_id: $employee_id})
WHERE NOT EXISTS { MATCH (:Change {change_id: $change.change_id}) }
OPTIONAL MATCH (x)<-[old:RELATIONSHIP]-(:Employee)
WHERE {{true_at old t}} AND {{seen_by_viewer old}}
WITH x, e, t, wall, old ORDER BY old.valid_from DESC
WITH x, e, t, wall, collect(old) AS before, collect(old.current) AS had, collect(old.wanted) AS hoped
CREATE (done:Change {change_id: $change.change_id})
SET done += $change, done.at = t, done.loaded_at = wall
FOREACH (old IN before | SET old.valid_to = t)
MERGE (e)-[r:RELATIONSHIP {fact_id: $fact.fact_id}]->(x)
SET r += $fact, r.current = coalesce($current, head(had)), r.wanted = coalesce($wanted, head(hoped)),
  r.valid_from = t, r.known_from = t, r.loaded_at = wall, r.valid_to = NULL
RETURN r.fact_id AS id
