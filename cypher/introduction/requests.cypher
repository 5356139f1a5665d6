// name: introduction.requests  params: employee_id, states, limit, scope  access: read  sees: viewer
// What an employee asked for, and was asked for, the newest first; '' for employee_id: anybody's.
MATCH (i:Introduction)-[:ABOUT]->(p:Contact)
WITH i, p, datetime($scope.at) AS today
WHERE i.state IN $states AND {{seen_by_viewer i}}
  AND ($employee_id = '' AND {{contact_in_scope p today}} OR i.asked_by = $employee_id OR i.through = 'Employee:' + $employee_id)
RETURN i {.introduction_id, .state, .asked_by, .asked_at, .through, .note, .decided_by, .decided_at, .reason,
  .interaction_id, contact_id: p.contact_id, contact_name: p.name} AS request
ORDER BY i.asked_at DESC, i.introduction_id
LIMIT $limit
