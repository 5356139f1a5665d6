MATCH (c:Customer)
WITH c.name AS name, collect(c.customer_id) AS ids
WHERE size(ids) = 1
WITH name, ids[0] AS id
MATCH (c:Customer {customer_id: id})
WHERE EXISTS { MATCH (r:Recommendation)-[:FOR]->(c) }
  AND EXISTS { MATCH (o:Opportunity)-[:FOR]->(c) WHERE o.closed_at IS NULL AND o.outcome IS NULL }
RETURN id, name
ORDER BY id
