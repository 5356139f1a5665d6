// name: figure.paid  params: id, since, until, as_of, limit  access: read  sees: viewer
// Invoices of a customer that had a day to be paid by and were paid after `since` and until `until`, by the payment,
// newest first.
MATCH (c:Customer {customer_id: $id})
WITH c, datetime($since) AS s, datetime($until) AS u, datetime($as_of) AS t WHERE {{in_scope c}}
MATCH (c)<-[:FOR]-(n:Invoice)
WHERE n.issued_at <= t AND {{standing_at n t}} AND n.due_at IS NOT NULL
  AND n.paid_at > s AND n.paid_at <= t AND n.paid_at <= u
RETURN 'Invoice' AS kind, n.invoice_id AS record_id, n.paid_at AS at
ORDER BY at DESC, record_id DESC LIMIT $limit
