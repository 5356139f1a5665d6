// name: day.tasks  params: employee_id, until, as_of  access: read  sees: viewer
// Tasks of the employee that are due before `until` and were not done at as_of.
MATCH (e:Employee {employee_id: $employee_id})-[w:OWNS]->(k:Task)
WITH k, w, datetime($as_of) AS t
WHERE {{true_at w t}} AND {{seen_by_viewer w}} AND k.due_at < datetime($until) AND {{open_task k t}}
RETURN k.task_id AS task_id, k.subject AS subject, k.due_at AS due_at,
  COLLECT { MATCH (k)-[:FOR]->(c:Customer) RETURN c {.customer_id, .name} ORDER BY c.customer_id } AS customers,
  COLLECT { MATCH (k)-[:ABOUT]->(o:Opportunity) RETURN o.opportunity_id } AS deals,
  COLLECT { MATCH (k)-[:ABOUT]->(p:Contact) RETURN p.contact_id } AS contacts
ORDER BY k.due_at, task_id
