// name: employee.stands_in  params: employee_id, as_of  access: read  sees: viewer
// For whom the employee stands in, and until when.
MATCH (:Employee {employee_id: $employee_id})<-[a:ABSENT]-(e:Employee)
WITH e, a, datetime($as_of) AS t
WHERE e.employee_id <> $employee_id AND {{true_at a t}} AND {{seen_by_viewer a}}
RETURN e {.employee_id, .name, .email, .team, .role} AS employee, a.valid_to AS until
ORDER BY e.employee_id, until
