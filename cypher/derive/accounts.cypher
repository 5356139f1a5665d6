// name: derive.accounts  params: contact_ids  access: read  sees: all
// Customers in whose chains these contacts stand: as holders of a role, or above one.
UNWIND $contact_ids AS asked
MATCH (p:Contact {contact_id: asked})-[:HAS_ROLE]->(x:Customer|Opportunity)
OPTIONAL MATCH (x)-[:FOR]->(c:Customer)
RETURN DISTINCT coalesce(x.customer_id, c.customer_id) AS customer_id
UNION
UNWIND $contact_ids AS asked
MATCH (p:Contact {contact_id: asked})<-[:REPORTS_TO*1..4]-(h:Contact)
MATCH (h)-[:HAS_ROLE]->(x:Customer|Opportunity)
OPTIONAL MATCH (x)-[:FOR]->(c:Customer)
RETURN DISTINCT coalesce(x.customer_id, c.customer_id) AS customer_id
