// Customers with an open deal and somebody in a role on it, one deal each, and the data's customers by id.
MATCH (c:Customer)<-[:FOR]-(o:Opportunity)<-[:HAS_ROLE]-(:Contact)
WHERE o.closed_at IS NULL AND o.outcome IS NULL
RETURN c.customer_id AS customer, min(o.opportunity_id) AS opportunity
ORDER BY customer
