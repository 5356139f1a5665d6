// name: writing.receipt  params: change_id  access: read  sees: viewer
// What was written under a key; its id holds the author, so that everybody finds only their own.
MATCH (done:Change {change_id: $change_id})
RETURN done.request AS request, done.entity_ids AS entity_ids, done.at AS at
