// name: derive.standing_bought  params: customer_ids  access: read  sees: all
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})-[b:BOUGHT]->(p:Product)
RETURN c.customer_id AS customer_id, p.product_id AS product_id, b.orders AS orders, b.quantity AS quantity,
  b.amount AS amount, toString(b.first_at) AS first_at, toString(b.last_at) AS last_at
