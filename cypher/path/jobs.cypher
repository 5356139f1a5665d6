// name: path.jobs  params: contact_ids, as_of  access: read  sees: viewer
// Where these contacts worked, with what the last derive said of their having left.
UNWIND $contact_ids AS asked
MATCH (p:Contact {contact_id: asked})-[w:WORKS_AT]->(c:Customer)
WITH p, w, c, datetime($as_of) AS t
WHERE {{true_at w t}} AND {{seen_by_viewer w}}
WITH DISTINCT p, c, t
RETURN p.contact_id AS contact_id, c.customer_id AS customer_id,
  COLLECT {
    MATCH (p)-[g:DEPARTED]->(c)
    WHERE {{true_at g t}} AND {{seen_by_viewer g}}
    RETURN g {.confidence, .evidence, .moved_to} AS departure
    ORDER BY g.confidence DESC, g.fact_id LIMIT 1
  } AS departures
