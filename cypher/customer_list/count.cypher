// name: customer_list.count  params: as_of, limit  access: read  sees: viewer  slots: lists, condition
// How many customers answer to a condition, counted up to `limit`.
MATCH (c:Customer)
WITH c, datetime($as_of) AS t
WHERE {{standing_at c t}}
OPTIONAL MATCH (f:Profile {customer_id: c.customer_id})
WITH c, f, t{{lists}}
WHERE {{condition}}
WITH c LIMIT $limit
RETURN count(*) AS customers
