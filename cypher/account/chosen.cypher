// name: account.chosen  params: customer_id, employee_id, of_team, as_of  access: read  sees: viewer
// Customers by who of us is responsible for them: this one, those of the employee, those of anybody of the team; where
// several are named, those that answer to all of them. What is '' narrows nothing; the first that is given leads.
CALL () {
  MATCH (c:Customer {customer_id: $customer_id}) RETURN c
  UNION
  MATCH (e:Employee {employee_id: CASE WHEN $customer_id = '' THEN $employee_id ELSE '' END})-[w:OWNS]->(c:Customer)
  WITH c, w, datetime($as_of) AS t
  WHERE {{true_at w t}} AND {{seen_by_viewer w}}
  RETURN c
  UNION
  MATCH (e:Employee)-[w:OWNS]->(c:Customer)
  WHERE $customer_id = '' AND $employee_id = '' AND e.team = $of_team
  WITH c, w, datetime($as_of) AS t
  WHERE {{true_at w t}} AND {{seen_by_viewer w}}
  RETURN c
}
WITH c, datetime($as_of) AS t
WHERE {{standing_at c t}} AND {{in_scope c}}
  AND ($employee_id = '' OR EXISTS {
    MATCH (c)<-[own:OWNS]-(:Employee {employee_id: $employee_id}) WHERE {{true_at own t}} AND {{seen_by_viewer own}} })
  AND ($of_team = '' OR EXISTS {
    MATCH (c)<-[shared:OWNS]-(one:Employee)
    WHERE one.team = $of_team AND {{true_at shared t}} AND {{seen_by_viewer shared}} })
RETURN c.customer_id AS customer_id
ORDER BY customer_id
