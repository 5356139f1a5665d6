// name: receivable.paid  params: customer_ids, as_of, since  access: read  sees: viewer
// Invoices with a day to be paid by that were paid after `since` and by the moment, as `profile.payments` counts them.
UNWIND [datetime($as_of)] AS t
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})<-[:FOR]-(i:Invoice)
WHERE {{in_scope c}} AND i.issued_at <= t AND {{standing_at i t}} AND i.due_at IS NOT NULL
  AND i.paid_at > datetime($since) AND i.paid_at <= t
RETURN c.customer_id AS customer_id, i.invoice_id AS invoice_id, i.issued_at AS issued_at, i.due_at AS due_at,
  i.paid_at AS paid_at
ORDER BY customer_id, invoice_id
