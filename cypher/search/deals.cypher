// name: search.deals  params: ids  access: read  sees: all
UNWIND $ids AS asked
MATCH (n:Opportunity {opportunity_id: asked})
RETURN n.opportunity_id AS id, n.name AS name,
  COLLECT { MATCH (n)-[:FOR]->(c:Customer) RETURN c.name LIMIT 3 } AS companies
