// name: employee.standing  params: employee_id  access: read  sees: viewer
// Whether the employee still works for us: neither marked as gone nor deleted by the sources.
MATCH (e:Employee {employee_id: $employee_id})
RETURN coalesce(e.active, true) AND e.ended_at IS NULL AS stands
