// name: assignment.staff  params: -  access: read  sees: company
// Our people: who has left, and until which day somebody is away.
MATCH (e:Employee)
RETURN e.employee_id AS employee_id, e.name AS name, e.team AS team, properties(e)['x_away_until'] AS away_until,
  e.ended_at IS NOT NULL OR coalesce(e.active, true) = false AS gone
ORDER BY employee_id
