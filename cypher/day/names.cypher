// name: day.names  params: customer_ids  access: read  sees: viewer
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WHERE {{in_scope c}}
RETURN c.customer_id AS customer_id, c.name AS name
