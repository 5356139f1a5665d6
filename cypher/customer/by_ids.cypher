// name: customer.by_ids  params: customer_ids, as_of  access: read  sees: viewer  slots: parts
// Parts of several customers at as_of.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t
RETURN c.customer_id AS customer_id,
{{parts}}
