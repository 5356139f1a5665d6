// fragment: customer_part.orders  params: parts, recent, before
// Orders in numbers by calendar year and currency (the reporting one where a dated rate was loaded); recent and
// before begin the last and the last but one half year.
COLLECT {
  UNWIND [part IN $parts WHERE part = 'orders'] AS asked
  UNWIND [datetime($recent)] AS recent
  UNWIND [datetime($before)] AS before
  MATCH (c)-[:PLACED]->(o:Order) WHERE o.ordered_at <= t AND {{standing_at o t}}
  WITH o, o.ordered_at.year AS year, o.ordered_at > recent AS late,
    o.ordered_at > before AND o.ordered_at <= recent AS early,
    coalesce(o.reporting_amount, o.amount, 0.0) AS amount,
    CASE WHEN o.reporting_amount IS NULL THEN o.currency ELSE o.reporting_currency END AS currency
  WITH year, currency,
    sum(CASE WHEN o.kind = 'return' THEN 0 ELSE 1 END) AS orders,
    sum(CASE WHEN o.kind = 'return' THEN 1 ELSE 0 END) AS returned,
    count(o.amount) AS priced, sum(amount) AS amount,
    min(CASE WHEN o.kind = 'return' THEN NULL ELSE o.ordered_at END) AS first_at,
    max(CASE WHEN o.kind = 'return' THEN NULL ELSE o.ordered_at END) AS last_at,
    sum(CASE WHEN late THEN amount ELSE 0.0 END) AS late_amount,
    sum(CASE WHEN early THEN amount ELSE 0.0 END) AS early_amount,
    sum(CASE WHEN late OR early THEN 1 ELSE 0 END) AS halves
  RETURN {year: year, currency: currency, orders: orders, returns: returned, priced: priced, amount: amount,
    first_at: first_at, last_at: last_at, late: late_amount, early: early_amount, halves: halves}
  ORDER BY year, currency
} AS years
