// name: introduction.sources  params: of_team  access: read  sees: viewer
// Those of us who can be the first of an introduction: a team's, or everybody.
MATCH (e:Employee)
WHERE coalesce(e.active, true) AND ($of_team = '' OR e.team = $of_team)
RETURN e.employee_id AS employee_id
ORDER BY employee_id
