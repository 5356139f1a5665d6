// name: alert.of  params: customer_id, employee_id, everyone, as_of, kinds, states, limit  access: read  sees: viewer
// Alerts that stood at as_of, the gravest first, then the newest: of a customer, of the accounts that an employee
// is responsible for, or of everyone. No kinds: all of them.
CALL () {
  MATCH (c:Customer {customer_id: $customer_id}) RETURN c
  UNION
  MATCH (e:Employee {employee_id: $employee_id})-[w:OWNS]->(c:Customer)
  WITH c, w, datetime($as_of) AS t
  WHERE {{true_at w t}} AND {{seen_by_viewer w}}
  RETURN c
  UNION
  UNWIND CASE WHEN $everyone THEN [1] ELSE [] END AS asked
  MATCH (c:Customer) RETURN c
}
WITH c, datetime($as_of) AS t
WHERE {{standing_at c t}}
MATCH (c)<-[:FOR]-(a:Alert)
WHERE a.valid_from <= t AND (a.valid_to IS NULL OR a.valid_to > t)
  AND coalesce(a.state, 'open') IN $states AND (size($kinds) = 0 OR a.kind IN $kinds)
WITH c, a, t, CASE a.severity WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END AS rank
ORDER BY rank, a.valid_from DESC, a.alert_id
LIMIT $limit
RETURN a {.alert_id, .kind, .severity, .message, .figures, .evidence, .subject, .valid_from, .state, .state_by,
    .state_at, .state_reason} AS alert,
  c.customer_id AS customer_id, c.name AS customer_name,
  COLLECT {
    MATCH (c)<-[w:OWNS]-(e:Employee) WHERE {{true_at w t}} AND {{seen_by_viewer w}}
    RETURN e {.employee_id, .name} ORDER BY w.valid_from, e.employee_id LIMIT 1
  } AS owners
