// name: journey.peers  params: customer_id, as_of, limit, alike  access: read  sees: viewer
// Other customers, with $alike those of the same industry, in the order of their ids.
MATCH (c:Customer {customer_id: $customer_id})
WITH c, datetime($as_of) AS t
MATCH (d:Customer)
WHERE d.customer_id <> c.customer_id AND (NOT $alike OR d.industry = c.industry) AND {{standing_at d t}}
RETURN d.customer_id AS customer_id, d.industry AS industry
ORDER BY customer_id
LIMIT $limit
