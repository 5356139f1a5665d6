// name: customer.by_ids  params: customer_ids, as_of, recent, before  access: read  slots: parts
// Parts of several customers at as_of; recent and before begin the last and the last but one half year before it.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t, datetime($recent) AS recent, datetime($before) AS before
RETURN c.customer_id AS customer_id,
{{parts}}
