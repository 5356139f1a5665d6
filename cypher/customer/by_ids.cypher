// name: customer.by_ids  params: customer_ids, as_of  access: read  sees: viewer  slots: parts
// Parts of several customers at as_of; those that had ended by then are left out.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t
WHERE {{standing_at c t}}
RETURN c.customer_id AS customer_id,
{{parts}}
