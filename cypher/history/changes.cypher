// name: history.changes  params: -  access: read  sees: all
// The change log without what derive announces: how many loads and statements of users the graph has taken.
MATCH (c:Change)
WHERE c.actor <> 'derive'
RETURN c.change_id AS change_id
