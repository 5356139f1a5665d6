// name: order_window.value  params: low, size  access: read  sees: viewer
// Customers from a place of the order by value on, from the index: by currency, the largest amount first.
MATCH (f:Profile) USING INDEX f:Profile(value_order) WHERE f.value_order >= $low
WITH f LIMIT $size
RETURN f.value_order AS place, [f.customer_id] AS customer_ids
