// name: writing.rate  params: now, loaded_at, change  access: write  sees: viewer
// What somebody thinks of an answer stands as a Change of its own: who, when, of which records, and why.
WITH datetime($now) AS t, datetime($loaded_at) AS wall
WHERE NOT EXISTS { MATCH (:Change {change_id: $change.change_id}) }
CREATE (done:Change {change_id: $change.change_id})
SET done += $change, done.at = t, done.loaded_at = wall
RETURN done.change_id AS id
