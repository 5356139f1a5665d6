// name: writing.state  params: contact_id, end_id, locked, only, fact, now, loaded_at, change  access: write  sees: viewer  slots: type, end, end_key
// What was asserted of the same two before ends now; with $only what was asserted of the contact and anybody.
// The contacts in $locked, in the order of their ids, are written before facts are read, so that of two statements
// at once the later one waits or is repeated, and sees the other as its predecessor. A contact who has come to stand
// above the new superior meanwhile gets no line: it would close a circle.
UNWIND $locked AS one
MATCH (l:Contact {contact_id: one})
SET l.last_statement = $change.change_id
WITH count(l) AS locked
WITH datetime($now) AS t, datetime($loaded_at) AS wall
MATCH (p:Contact {contact_id: $contact_id})
MATCH (x:{{end}} { {{end_key}}: $end_id})
WHERE NOT EXISTS { MATCH (:Change {change_id: $change.change_id}) }
  AND NOT EXISTS {
    MATCH path = (x)-[:REPORTS_TO*1..8]->(p)
    WHERE '{{type}}' = 'REPORTS_TO'
      AND all(r IN relationships(path) WHERE {{true_at r t}} AND {{seen_by_viewer r}} AND r.basis <> 'inferred')
  }
OPTIONAL MATCH (p)-[old:HAS_ROLE|REPORTS_TO|INFLUENCES|CONFLICTS_WITH|REFERRED]->(y)
WHERE type(old) = '{{type}}' AND old.basis = 'asserted' AND old.fact_id <> $fact.fact_id
  AND ($only OR coalesce(y.opportunity_id, y.customer_id, y.contact_id) = $end_id)
  AND {{true_at old t}} AND {{seen_by_viewer old}}
WITH p, x, t, wall, collect(old) AS replaced
CREATE (done:Change {change_id: $change.change_id})
SET done += $change, done.at = t, done.loaded_at = wall
FOREACH (old IN replaced | SET old.valid_to = t)
MERGE (p)-[r:{{type}} {fact_id: $fact.fact_id}]->(x)
SET r += $fact, r.valid_from = t, r.known_from = t, r.loaded_at = wall, r.valid_to = NULL, r.retracted_by = NULL
RETURN r.fact_id AS id
