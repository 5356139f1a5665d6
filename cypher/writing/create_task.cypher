// name: writing.create_task  params: task_id, customer_id, owner_id, props, due_at, owns, opportunities, contacts, now, loaded_at, change  access: write  sees: viewer
MATCH (c:Customer {customer_id: $customer_id})
MATCH (e:Employee {employee_id: $owner_id})
WHERE NOT EXISTS { MATCH (:Change {change_id: $change.change_id}) }
WITH c, e, datetime($now) AS t, datetime($loaded_at) AS wall
CREATE (done:Change {change_id: $change.change_id})
SET done += $change, done.at = t, done.loaded_at = wall
MERGE (n:Task {task_id: $task_id})
SET n += $props, n.created_at = t, n.due_at = datetime($due_at)
MERGE (n)-[:FOR]->(c)
MERGE (n)<-[w:OWNS {fact_id: $owns.fact_id}]-(e)
SET w += $owns, w.valid_from = t, w.known_from = t, w.loaded_at = wall
WITH n
CALL (n) {
  UNWIND $opportunities AS asked
  MATCH (o:Opportunity {opportunity_id: asked})
  MERGE (n)-[:ABOUT]->(o)
  RETURN count(*) AS deals
}
CALL (n) {
  UNWIND $contacts AS asked
  MATCH (p:Contact {contact_id: asked})
  MERGE (n)-[:ABOUT]->(p)
  RETURN count(*) AS people
}
RETURN n.task_id AS id
