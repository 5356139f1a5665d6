// name: derive.customers  params: -  access: read  sees: all
MATCH (c:Customer) RETURN c.customer_id AS customer_id ORDER BY customer_id
