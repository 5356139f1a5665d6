// name: writing.decide_introduction  params: introduction_id, state, why, talks, customers, contacts, employees, now, loaded_at, change  access: write  sees: viewer
// What came of a request; with $talks (none or one) it was made, and the talk ties those who took part.
// The request is written first, so that of two decisions at once the later one finds it decided.
MATCH (i:Introduction {introduction_id: $introduction_id})
SET i.last_statement = $change.change_id
WITH i WHERE i.state = 'asked' AND NOT EXISTS { MATCH (:Change {change_id: $change.change_id}) }
CREATE (done:Change {change_id: $change.change_id})
SET done += $change, done.at = datetime($now), done.loaded_at = datetime($loaded_at)
SET i.state = $state, i.decided_at = datetime($now), i.decided_by = $change.actor, i.reason = $why
WITH i
CALL (i) {
  UNWIND $talks AS talk
  MERGE (t:Interaction {interaction_id: talk.interaction_id})
  SET t += talk.props, t.at = datetime(talk.at), i.interaction_id = talk.interaction_id
  RETURN count(*) AS talks
}
CALL (i) {
  UNWIND $customers AS one
  MATCH (c:Customer {customer_id: one.id})
  MERGE (t:Interaction {interaction_id: one.talk})
  MERGE (t)-[:FOR]->(c)
  RETURN count(*) AS accounts
}
CALL (i) {
  UNWIND $contacts AS one
  MATCH (p:Contact {contact_id: one.id})
  MERGE (t:Interaction {interaction_id: one.talk})
  MERGE (t)<-[r:PARTICIPATED_IN]-(p)
  SET r.part = one.part
  RETURN count(*) AS guests
}
CALL (i) {
  UNWIND $employees AS one
  MATCH (e:Employee {employee_id: one.id})
  MERGE (t:Interaction {interaction_id: one.talk})
  MERGE (t)<-[r:PARTICIPATED_IN]-(e)
  SET r.part = one.part
  RETURN count(*) AS colleagues
}
RETURN i.introduction_id AS id
