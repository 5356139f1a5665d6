// name: employee.away  params: employee_ids, as_of  access: read  sees: viewer
// Who of these is away, since and until when, and who stands in; of leaves that overlap the one that ends last.
UNWIND $employee_ids AS asked
MATCH (e:Employee {employee_id: asked})-[a:ABSENT]->(other:Employee)
WITH e, a, other, datetime($as_of) AS t
WHERE {{true_at a t}} AND {{seen_by_viewer a}}
RETURN e.employee_id AS employee_id, a.valid_from AS since, a.valid_to AS until,
  other {.employee_id, .name, .email, .team, .role} AS stand_in
ORDER BY employee_id, until, since, other.employee_id
