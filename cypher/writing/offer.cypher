// name: writing.offer  params: customer_id, product_id, fact, until, ends, now, loaded_at, change  access: write  sees: viewer
// What came of a suggestion; with $ends it takes the place of what came of it before.
// The customer is written first, so that of two statements at once the later one sees the other.
MATCH (c:Customer {customer_id: $customer_id})
SET c.last_statement = $change.change_id
WITH c, datetime($now) AS t, datetime($loaded_at) AS wall
MATCH (p:Product {product_id: $product_id})
WHERE NOT EXISTS { MATCH (:Change {change_id: $change.change_id}) }
OPTIONAL MATCH (c)-[old:OFFERED]->(q:Product)
WHERE $ends AND q.product_id = $product_id AND {{true_at old t}} AND {{seen_by_viewer old}}
WITH c, p, t, wall, collect(old) AS before
CREATE (done:Change {change_id: $change.change_id})
SET done += $change, done.at = t, done.loaded_at = wall
FOREACH (old IN before | SET old.valid_to = t)
MERGE (c)-[r:OFFERED {fact_id: $fact.fact_id}]->(p)
SET r += $fact, r.valid_from = t, r.known_from = t, r.loaded_at = wall, r.valid_to = datetime($until)
RETURN r.fact_id AS id
