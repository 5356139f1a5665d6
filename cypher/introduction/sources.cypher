// name: introduction.sources  params: of_team, as_of  access: read  sees: viewer
// Those of us who can be the first of an introduction: a team's, or everybody.
MATCH (e:Employee)
WITH e, datetime($as_of) AS t
WHERE {{standing_at e t}} AND coalesce(e.active, true) AND ($of_team = '' OR e.team = $of_team)
RETURN e.employee_id AS employee_id
ORDER BY employee_id
