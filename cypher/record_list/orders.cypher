// name: record_list.orders  params: ids  access: read  sees: viewer
// Orders as a list shows them: with the customer, and how many lines they have.
UNWIND $ids AS asked
MATCH (o:Order {order_id: asked})<-[:PLACED]-(c:Customer)
WHERE {{in_scope c}}
RETURN o {.order_id, .ordered_at, .kind, .status, .promised_at, .delivered_at, .amount, .amount_with_tax,
    .currency} AS record,
  c.customer_id AS customer_id, c.name AS customer_name,
  COUNT { MATCH (o)-[:CONTAINS]->(:Product) } AS lines
ORDER BY record.order_id, customer_id
