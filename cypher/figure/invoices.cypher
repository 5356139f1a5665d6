// name: figure.invoices  params: id, until, as_of, limit  access: read  sees: viewer
// Invoices of a customer that are unpaid at as_of and past their due day, by that day, newest first; credit notes are
// none. What is owed is as in `graph/sql/profile/payments.sql`.
MATCH (c:Customer {customer_id: $id})
WITH c, datetime($until) AS u, datetime($as_of) AS t WHERE {{in_scope c}}
MATCH (c)<-[:FOR]-(n:Invoice)
WHERE n.issued_at <= t AND {{standing_at n t}} AND (n.paid_at IS NULL OR n.paid_at > t) AND n.due_at < t AND n.due_at <= u
  AND coalesce(n.kind, '') <> 'credit_note'
WITH n, t, COLLECT {
    MATCH (n)<-[settles:ABOUT]-(p:Payment) WHERE p.paid_at <= t AND {{standing_at p t}}
    RETURN coalesce(settles.amount, p.amount, 0.0)
  } AS settled
WITH n, coalesce(n.open_amount,
  coalesce(n.amount_with_tax, n.amount) - reduce(sum = 0.0, amount IN settled | sum + amount), 1.0) AS owed
WHERE owed >= 0.005
RETURN 'Invoice' AS kind, n.invoice_id AS record_id, n.due_at AS at
ORDER BY at DESC, record_id DESC LIMIT $limit
