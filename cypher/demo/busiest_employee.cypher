// name: demo.busiest_employee  params: -  access: read  sees: company
// Who looks after most customers today; one row, or none.
MATCH (e:Employee)-[o:OWNS]->(c:Customer)
WHERE o.valid_to IS NULL AND o.known_to IS NULL AND coalesce(e.active, true) AND {{seen_by_company o}}
RETURN e.employee_id AS employee_id, e.name AS name, count(c) AS customers
ORDER BY customers DESC, employee_id
LIMIT 1
