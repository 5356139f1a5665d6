// name: customer_list.page  params: as_of, limit  access: read  sees: viewer  slots: lists, condition, keys, after, shown, order
// Customers that answer to a condition (see graph.customer_filter), sorted by keys, after the one that is named.
MATCH (c:Customer)
WITH c, datetime($as_of) AS t
WHERE {{standing_at c t}}
OPTIONAL MATCH (f:Profile {customer_id: c.customer_id})
WITH c, f, t{{lists}}
WHERE {{condition}}
WITH c, {{keys}}
WHERE {{after}}
RETURN c.customer_id AS customer_id, {{shown}} AS sorted_by
ORDER BY {{order}}, customer_id
LIMIT $limit
