// name: employee.subtree  params: viewer, as_of  access: read  sees: viewer
// Everybody of the viewer's team, and whoever reports to one of them, at up to five removes.
MATCH (v:Employee {employee_id: $viewer})
MATCH (e:Employee) WHERE e.employee_id = v.employee_id OR e.team = v.team
OPTIONAL MATCH path = (below:Employee)-[:REPORTS_TO*1..5]->(e)
WITH e, below, path, datetime($as_of) AS t
WHERE path IS NULL OR all(r IN relationships(path) WHERE {{true_at r t}} AND {{seen_by_viewer r}})
UNWIND [e.employee_id, below.employee_id] AS employee_id
WITH DISTINCT employee_id WHERE employee_id IS NOT NULL
RETURN employee_id
ORDER BY employee_id
