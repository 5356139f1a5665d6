// name: employee.team  params: viewer  access: read  sees: viewer
// Everybody of the viewer's team; nobody where the viewer has none.
MATCH (v:Employee {employee_id: $viewer})
MATCH (e:Employee) WHERE e.team = v.team
RETURN e.employee_id AS employee_id
ORDER BY employee_id
