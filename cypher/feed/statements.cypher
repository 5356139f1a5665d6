// name: feed.statements  params: since, actors, typed_ids, limit  access: read  sees: all
// What people stated, newest first: of these authors, about any of these records; null: of all, about any.
MATCH (c:Change)
WHERE c.loaded_at >= datetime($since) AND c.actor STARTS WITH 'user:'
  AND ($actors IS NULL OR c.actor IN $actors)
  AND ($typed_ids IS NULL OR any(one IN c.entity_ids WHERE one IN $typed_ids))
RETURN c.change_id AS change_id, c.kind AS kind, c.actor AS actor, c.entity_ids AS entity_ids, c.reason AS reason,
  c.loaded_at AS at
ORDER BY c.loaded_at DESC, c.change_id
LIMIT $limit
