// name: writing.owners  params: customer_id, now  access: read  sees: viewer
// Who of us is responsible for an account.
MATCH (c:Customer {customer_id: $customer_id})
WITH c, datetime($now) AS t
WHERE {{in_scope c}}
MATCH (c)<-[w:OWNS]-(e:Employee)
WHERE {{true_at w t}} AND {{seen_by_viewer w}}
RETURN DISTINCT e.employee_id AS employee_id
