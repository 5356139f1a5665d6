// name: assignment.turns  params: -  access: read  sees: company
// Of each rule and each of us: the number of the last record that was given, whether that stands or not.
MATCH (e:Employee)-[a:ASSIGNED]->()
WITH a, e, a.valid_from AS begun
WHERE {{seen_by_company a}} AND {{known_at a begun}}
RETURN a.rule_id AS rule_id, e.employee_id AS employee_id, max(a.turn) AS turn
