// name: history.changes  params: -  access: read  sees: all
// The change log without what derive, scoring and assigning announce, which copies do not hold: how many
// loads and statements of users the graph has taken.
MATCH (c:Change)
WHERE {{in_log c}}
RETURN c.change_id AS change_id
