// name: writing.open_tasks  params: customer_id, employee_id, as_of, until, limit  access: read  sees: viewer
// Tasks that were not done at as_of and are due by `until`, the earliest due first: of a customer, of one of us, or
// of both where both are given; '' is none.
CALL () {
  MATCH (c:Customer {customer_id: $customer_id})<-[:FOR]-(n:Task) RETURN n
  UNION
  MATCH (e:Employee {employee_id: $employee_id})-[w:OWNS]->(n:Task)
  WITH n, w, datetime($as_of) AS t
  WHERE {{true_at w t}} AND {{seen_by_viewer w}}
  RETURN n
}
WITH DISTINCT n, datetime($as_of) AS t, datetime($until) AS latest
WHERE {{open_task n t}} AND {{linked_in_scope n}} AND (n.due_at IS NULL OR n.due_at <= latest)
  AND ($customer_id = '' OR EXISTS { MATCH (n)-[:FOR]->(:Customer {customer_id: $customer_id}) })
  AND ($employee_id = '' OR EXISTS {
    MATCH (n)<-[w:OWNS]-(:Employee {employee_id: $employee_id}) WHERE {{true_at w t}} AND {{seen_by_viewer w}}
  })
WITH n, t ORDER BY n.due_at IS NULL, n.due_at, n.task_id LIMIT $limit
RETURN n.task_id AS task_id, n.subject AS subject, n.kind AS kind, n.status AS status, n.due_at AS due_at,
  COLLECT { MATCH (n)-[:FOR]->(c:Customer) RETURN c {.customer_id, .name} LIMIT 1 } AS customers,
  COLLECT {
    MATCH (n)<-[w:OWNS]-(e:Employee) WHERE {{true_at w t}} AND {{seen_by_viewer w}}
    RETURN e {.employee_id, .name, .email, .team, .role} ORDER BY e.employee_id LIMIT 3
  } AS owners
