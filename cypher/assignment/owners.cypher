// name: assignment.owners  params: customer_ids, now  access: read  sees: company
// Who of us is responsible for these customers.
UNWIND $customer_ids AS id
MATCH (c:Customer {customer_id: id})<-[w:OWNS]-(e:Employee)
WITH c, w, e, datetime($now) AS t
WHERE {{true_at w t}} AND {{seen_by_company w}}
RETURN c.customer_id AS customer_id, collect(DISTINCT e.employee_id) AS owners
