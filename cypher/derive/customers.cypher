// name: derive.customers  params: -  access: read
MATCH (c:Customer) RETURN c.customer_id AS customer_id ORDER BY customer_id
