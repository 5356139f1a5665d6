// name: profile.activity  params: customer_ids, as_of  access: read  sees: viewer
// How much the graph holds of customers that answer to a text alike: orders, deals and contacts.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t
WHERE {{in_scope c}}
RETURN c.customer_id AS customer_id,
  COUNT { MATCH (c)-[:PLACED]->(o:Order) WHERE {{standing_at o t}} } AS orders,
  COUNT { MATCH (c)<-[:FOR]-(d:Opportunity) WHERE {{standing_at d t}} } AS deals,
  COUNT { MATCH (c)<-[w:WORKS_AT]-(:Contact) WHERE {{true_at w t}} AND {{seen_by_company w}} } AS contacts
