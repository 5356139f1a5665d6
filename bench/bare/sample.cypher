MATCH (r:Recommendation)-[:FOR]->(c:Customer)
WITH c, count(r) AS recommended
WHERE recommended > 0
MATCH (o:Opportunity)-[:FOR]->(c)
WHERE o.closed_at IS NULL AND o.outcome IS NULL
WITH c.name AS name, collect(DISTINCT c.customer_id) AS ids
WHERE size(ids) = 1
RETURN ids[0] AS id, name
ORDER BY id
