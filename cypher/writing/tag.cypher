// name: writing.tag  params: customer_id, tag_id, name, fact, until, now, loaded_at, change  access: write  sees: viewer
// Somebody of us gives a customer a tag, which is made where there is none of this id.
// The customer is written first, so that of two statements at once the later one sees the other.
MATCH (c:Customer {customer_id: $customer_id})
SET c.last_statement = $change.change_id
WITH c, datetime($now) AS t, datetime($loaded_at) AS wall
WHERE NOT EXISTS { MATCH (:Change {change_id: $change.change_id}) }
  AND NOT EXISTS {
    MATCH (c)-[had:TAGGED]->(x:Tag)
    WHERE x.tag_id = $tag_id AND had.basis = 'asserted' AND {{true_at had t}} AND {{seen_by_viewer had}} }
CREATE (done:Change {change_id: $change.change_id})
SET done += $change, done.at = t, done.loaded_at = wall
MERGE (g:Tag {tag_id: $tag_id})
ON CREATE SET g.name = $name, g.dimension = 'hand'
MERGE (c)-[r:TAGGED {fact_id: $fact.fact_id}]->(g)
SET r += $fact, r.valid_from = t, r.known_from = t, r.loaded_at = wall, r.valid_to = datetime($until)
RETURN r.fact_id AS id
