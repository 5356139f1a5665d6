// name: day.worth  params: customer_ids, since, as_of  access: read  sees: viewer
// What each customer ordered since a day, by currency: in the reporting currency where there is a rate.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t
WHERE {{in_scope c}}
MATCH (c)-[:PLACED]->(o:Order)
WHERE o.ordered_at > datetime($since) AND o.ordered_at <= t AND {{standing_at o t}}
WITH c, CASE WHEN o.reporting_amount IS NULL THEN o.currency ELSE o.reporting_currency END AS currency,
  CASE WHEN o.reporting_amount IS NULL THEN o.amount ELSE o.reporting_amount END AS amount
WITH c, coalesce(currency, '') AS currency, sum(amount) AS amount
RETURN c.customer_id AS customer_id, currency, amount
ORDER BY customer_id, currency
