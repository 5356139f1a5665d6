// name: tie.employees  params: ids  access: read  sees: viewer
// Whether these employees work for us today.
UNWIND $ids AS asked
MATCH (e:Employee {employee_id: asked})
RETURN e.employee_id AS employee_id, e.active AS active
