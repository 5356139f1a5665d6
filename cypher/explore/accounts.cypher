// name: explore.accounts  params: limit  access: read  sees: company
// The accounts we know the most people of.
MATCH (e:Employee)-[k:KNOWS]->(p:Contact)-[w:WORKS_AT]->(c:Customer)
WHERE w.valid_to IS NULL AND {{seen_by_company k}} AND {{seen_by_company w}}
WITH c, count(DISTINCT p) AS people, count(DISTINCT e) AS ours
RETURN c.customer_id AS customer_id, c.name AS name, people, ours
ORDER BY people DESC, ours DESC, customer_id
LIMIT $limit
