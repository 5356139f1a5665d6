// name: snapshot.orders  params: since, before  access: read  sees: company
// Orders placed in [since, before) by customers that still stand; amounts in the reporting currency where a dated rate was loaded. `rate` is what
// an amount of the order, such as that of a line, was multiplied by.
MATCH (c:Customer)-[:PLACED]->(o:Order)
WHERE o.ordered_at >= datetime($since) AND o.ordered_at < datetime($before)
  AND (o.ended_at IS NULL OR o.ended_at > datetime($before))
  AND (c.ended_at IS NULL OR c.ended_at > datetime($before))
RETURN o.order_id AS order_id, c.customer_id AS customer_id, o.kind AS kind,
  coalesce(o.reporting_amount, o.amount) AS amount, o.ordered_at.epochMillis AS at,
  CASE WHEN o.reporting_amount IS NULL THEN o.currency ELSE o.reporting_currency END AS currency,
  CASE WHEN o.reporting_amount IS NULL OR o.amount = 0 THEN 1.0 ELSE o.reporting_amount / o.amount END AS rate
