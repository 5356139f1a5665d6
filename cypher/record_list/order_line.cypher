// fragment: record_list.order_line  params: -
// An order as a list shows it: with the customer, and how many lines it has.
r {.order_id, .ordered_at, .kind, .status, .promised_at, .delivered_at, .amount, .amount_with_tax,
  .currency} AS record,
COLLECT {
  MATCH (r)<-[:PLACED]-(c:Customer) WHERE {{in_scope c}}
  RETURN {customer_id: c.customer_id, customer_name: c.name} ORDER BY c.customer_id DESC LIMIT 1
} AS customers,
COUNT { MATCH (r)-[:CONTAINS]->(:Product) } AS lines
