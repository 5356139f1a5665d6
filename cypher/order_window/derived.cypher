// name: order_window.derived  params: -  access: read  sees: viewer
// What the last derive left, once it has ended, and how many changes the log holds.
MATCH (r:Run {run_id: 'derive'})
WHERE r.status = 'done'
RETURN r.report AS report, COUNT { MATCH (c:Change) WHERE {{in_log c}} } AS changes
