// name: derive.customers  params: -  access: read  sees: all
MATCH (c:Customer) WHERE c.ended_at IS NULL RETURN c.customer_id AS customer_id ORDER BY customer_id
