// name: alert.best_ties  params: customer_ids, as_of  access: read  sees: company
// Of each customer the strongest tie of any of us to anybody who works there.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t
MATCH (c)<-[w:WORKS_AT]-(p:Contact)<-[k:KNOWS]-(e:Employee)
WHERE {{true_at w t}} AND {{seen_by_company w}} AND {{seen_by_company k}} AND coalesce(e.active, true)
RETURN c.customer_id AS customer_id, max({{strength k t}}) AS strength
