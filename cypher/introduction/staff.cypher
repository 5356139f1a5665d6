// name: introduction.staff  params: -  access: read  sees: viewer
// Our people with the team of today and whether they work for us today; when their sources deleted them.
MATCH (e:Employee)
RETURN e.employee_id AS employee_id, e.team AS team, e.active AS active, e.ended_at AS ended_at
ORDER BY employee_id
