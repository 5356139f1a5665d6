// name: track_record.offers  params: customer_ids  access: read  sees: company
// What was offered to these customers, and what they said of it.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})-[o:OFFERED]->(p:Product)
WHERE {{seen_by_company o}}
RETURN c.customer_id AS customer_id, p.product_id AS product_id, o.model_id AS model_id, o.valid_from AS as_of,
  o.outcome AS outcome
ORDER BY customer_id, product_id, as_of, o.fact_id
