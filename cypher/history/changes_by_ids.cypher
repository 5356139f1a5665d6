// name: history.changes_by_ids  params: ids  access: read  sees: all
UNWIND $ids AS asked
MATCH (c:Change {change_id: asked})
RETURN c.change_id AS change_id, c.kind AS kind, c.entity_ids AS entity_ids, c.touched AS touched
