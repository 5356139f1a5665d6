// name: employee.accounts  params: employee_ids, as_of  access: read  sees: viewer
// The customers for which any of these is responsible, for the account or for a deal of it. Who is responsible counts
// even where the fact is hidden from the viewer: it decides what they may see, and no answer tells it.
UNWIND $employee_ids AS one
MATCH (:Employee {employee_id: one})-[held:OWNS]->(x:Customer|Opportunity)
WITH x, held, datetime($as_of) AS t
WHERE {{true_at held t}}
OPTIONAL MATCH (x)-[:FOR]->(sold:Customer)
WITH coalesce(sold, x) AS c
WHERE c.customer_id IS NOT NULL
RETURN DISTINCT c.customer_id AS customer_id
ORDER BY customer_id
