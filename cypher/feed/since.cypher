// name: feed.since  params: since, limit  access: read  sees: viewer
// What was written since a moment of the wall clock, newest first: which ids, without what stands in them.
MATCH (c:Change)
WHERE c.loaded_at >= datetime($since)
RETURN c.change_id AS change_id, c.kind AS kind, c.entity_ids AS entity_ids, c.loaded_at AS at
ORDER BY c.loaded_at DESC, c.change_id
LIMIT $limit
