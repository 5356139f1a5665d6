// fragment: customer_part.orders  params: recent, before
// Orders in numbers by calendar year; recent and before begin the last and the last but one half year.
COLLECT {
  UNWIND [datetime($recent)] AS recent
  UNWIND [datetime($before)] AS before
  MATCH (c)-[:PLACED]->(o:Order) WHERE o.ordered_at <= t
  WITH o, o.ordered_at.year AS year, o.ordered_at > recent AS late,
    o.ordered_at > before AND o.ordered_at <= recent AS early
  WITH year,
    sum(CASE WHEN o.kind = 'return' THEN 0 ELSE 1 END) AS orders,
    sum(CASE WHEN o.kind = 'return' THEN 1 ELSE 0 END) AS returned,
    sum(coalesce(o.amount, 0.0)) AS amount, max(o.currency) AS currency,
    min(CASE WHEN o.kind = 'return' THEN NULL ELSE o.ordered_at END) AS first_at,
    max(CASE WHEN o.kind = 'return' THEN NULL ELSE o.ordered_at END) AS last_at,
    sum(CASE WHEN late THEN coalesce(o.amount, 0.0) ELSE 0.0 END) AS late_amount,
    sum(CASE WHEN early THEN coalesce(o.amount, 0.0) ELSE 0.0 END) AS early_amount
  RETURN {year: year, orders: orders, returns: returned, amount: amount, currency: currency,
    first_at: first_at, last_at: last_at, late: late_amount, early: early_amount}
  ORDER BY year
} AS years
