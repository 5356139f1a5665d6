// name: employee.by_id  params: employee_id  access: read  sees: viewer
MATCH (e:Employee {employee_id: $employee_id})
RETURN e {.employee_id, .name, .email, .team, .role} AS employee
