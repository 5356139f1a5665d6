// name: order_window.silence  params: low, size  access: read  sees: viewer
// Customers from a place of the order by silence on, from the index.
MATCH (f:Profile) USING INDEX f:Profile(silence_order) WHERE f.silence_order >= $low
WITH f LIMIT $size
RETURN f.silence_order AS place, [f.customer_id] AS customer_ids
