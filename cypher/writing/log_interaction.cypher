// name: writing.log_interaction  params: interaction_id, customer_id, props, at, opportunities, contacts, employees, now, loaded_at, change  access: write  sees: viewer
MATCH (c:Customer {customer_id: $customer_id})
WHERE NOT EXISTS { MATCH (:Change {change_id: $change.change_id}) }
CREATE (done:Change {change_id: $change.change_id})
SET done += $change, done.at = datetime($now), done.loaded_at = datetime($loaded_at)
MERGE (i:Interaction {interaction_id: $interaction_id})
SET i += $props, i.at = datetime($at)
MERGE (i)-[:FOR]->(c)
WITH i
CALL (i) {
  UNWIND $opportunities AS asked
  MATCH (o:Opportunity {opportunity_id: asked})
  MERGE (i)-[:ABOUT]->(o)
  RETURN count(*) AS deals
}
CALL (i) {
  UNWIND $contacts AS one
  MATCH (p:Contact {contact_id: one.id})
  MERGE (i)<-[r:PARTICIPATED_IN]-(p)
  SET r.part = one.part
  RETURN count(*) AS guests
}
CALL (i) {
  UNWIND $employees AS one
  MATCH (e:Employee {employee_id: one.id})
  MERGE (i)<-[r:PARTICIPATED_IN]-(e)
  SET r.part = one.part
  RETURN count(*) AS colleagues
}
RETURN i.interaction_id AS id
