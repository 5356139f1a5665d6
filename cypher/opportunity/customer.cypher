// name: opportunity.customer  params: opportunity_id  access: read  sees: viewer
MATCH (o:Opportunity {opportunity_id: $opportunity_id})-[:FOR]->(c:Customer)
WHERE {{in_scope c}}
RETURN c.customer_id AS customer_id
ORDER BY customer_id
LIMIT 1
