// name: receivable.open  params: customer_ids, as_of, current  access: read  sees: viewer
// Invoices that were issued by the moment and not wholly paid by then. Where the question is about today ($current)
// what the source says is owed counts, else the amount less the payments that settled it by then.
UNWIND [datetime($as_of)] AS t
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})<-[:FOR]-(i:Invoice)
WHERE {{in_scope c}} AND i.issued_at <= t AND {{standing_at i t}} AND (i.paid_at IS NULL OR i.paid_at > t)
WITH c, t, i, coalesce(i.amount_with_tax, i.amount) AS billed,
  COLLECT {
    MATCH (i)<-[settles:ABOUT]-(p:Payment) WHERE p.paid_at <= t AND {{standing_at p t}}
    RETURN coalesce(settles.amount, p.amount)
  } AS settled
WITH c, i, billed, CASE WHEN $current AND i.open_amount IS NOT NULL THEN i.open_amount
  ELSE billed - reduce(sum = 0.0, amount IN settled | sum + coalesce(amount, 0.0)) END AS owed
WHERE owed IS NULL OR abs(owed) >= 0.005
RETURN c.customer_id AS customer_id, i.invoice_id AS invoice_id, i.kind AS kind, i.issued_at AS issued_at,
  i.due_at AS due_at, billed, owed, i.currency AS currency
ORDER BY customer_id, due_at, invoice_id
