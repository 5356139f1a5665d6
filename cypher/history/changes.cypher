// name: history.changes  params: -  access: read  sees: all
// The change log without what derive and scoring announce: how many loads and statements of users the graph has taken.
MATCH (c:Change)
WHERE NOT c.actor IN ['derive', 'score']
RETURN c.change_id AS change_id
