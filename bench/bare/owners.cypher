// The employee who is responsible for most customers today, and these.
MATCH (e:Employee)-[o:OWNS]->(c:Customer) WHERE o.valid_to IS NULL
RETURN e.employee_id AS employee, collect(DISTINCT c.customer_id) AS customers
ORDER BY size(customers) DESC, employee LIMIT 1
