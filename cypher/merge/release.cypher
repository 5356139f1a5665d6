// name: merge.release  params: merge_id, id, state, facts, parts, keys, aliases, now, loaded_at, change  access: write  sees: all  slots: label, key
// The beginning of an unmerge: what the merge brought leaves the record that was kept; the statements that follow in
// the transaction put it where it was. `facts` and `parts` are sets: maps whose keys count.
MATCH (k:{{label}} { {{key}}: $id})
MATCH (m:Merge {merge_id: $merge_id})
WHERE m.state = 'merged' AND NOT EXISTS { MATCH (:Change {change_id: $change.change_id}) }
SET m.state = $state, m.record = CASE WHEN $state = 'undone' THEN '' ELSE m.record END
CREATE (done:Change {change_id: $change.change_id})
SET done += $change, done.at = datetime($now), done.loaded_at = datetime($loaded_at)
WITH k
OPTIONAL MATCH (k)-[r]-(x)
WHERE $facts[r.fact_id] IS NOT NULL
  OR r.fact_id IS NULL AND $parts[type(r) + '|' + labels(x)[0] + '|' + x[$keys[labels(x)[0]]]] IS NOT NULL
DELETE r
WITH count(*) AS edges
OPTIONAL MATCH (a:Alias) WHERE a.alias_id IN $aliases
DETACH DELETE a
RETURN count(*) AS done
