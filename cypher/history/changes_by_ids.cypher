// name: history.changes_by_ids  params: ids  access: read  sees: all
MATCH (c:Change)
WHERE c.change_id IN $ids
RETURN c.change_id AS change_id, c.kind AS kind, c.entity_ids AS entity_ids, c.touched AS touched
