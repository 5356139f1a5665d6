// name: merge.absorb  params: merge, edges, statement, now, loaded_at, change  access: write  sees: all  slots: label, key
// The beginning of a merge: the absorbed record goes, with its edges, as they were read ($edges of them, $statement
// the last that a user made of it); the statements that follow in the transaction put them at the record that is kept.
// Both records are written before anything is read, so that of two writes at once the later one sees the other.
MATCH (k:{{label}} { {{key}}: $merge.kept_id})
MATCH (o:{{label}} { {{key}}: $merge.absorbed_id})
SET k.merging = true, o.merging = true
WITH k, o, datetime($now) AS t, datetime($loaded_at) AS wall
WHERE NOT EXISTS { MATCH (:Change {change_id: $change.change_id}) }
  AND coalesce(o.last_statement, '') = $statement
OPTIONAL MATCH (o)-[r]-()
WITH k, o, t, wall, count(r) AS edges
WHERE edges = $edges
CREATE (done:Change {change_id: $change.change_id})
SET done += $change, done.at = t, done.loaded_at = wall
MERGE (m:Merge {merge_id: $merge.merge_id})
SET m += $merge, m.at = coalesce(m.at, t)
REMOVE k.merging
DETACH DELETE o
RETURN $merge.merge_id AS id
