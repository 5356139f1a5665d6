// name: search.deals  params: ids  access: read  sees: all
MATCH (n:Opportunity)
WHERE n.opportunity_id IN $ids
RETURN n.opportunity_id AS id, n.name AS name,
  COLLECT { MATCH (n)-[:FOR]->(c:Customer) RETURN c.name LIMIT 3 } AS companies
