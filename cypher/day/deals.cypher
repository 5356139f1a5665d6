// name: day.deals  params: customer_ids, employee_id, as_of, recent  access: read  sees: viewer
// Deals open at as_of of these customers and of the employee, each with what was planned about it: an open task, or a
// next step noted in a talk since `recent`. The embedded engine does not merge what both branches find: hence DISTINCT.
CALL () {
  UNWIND $customer_ids AS asked MATCH (c:Customer {customer_id: asked})<-[:FOR]-(o:Opportunity) RETURN c, o
  UNION
  MATCH (e:Employee {employee_id: $employee_id})-[w:OWNS]->(o:Opportunity)-[:FOR]->(c:Customer)
  WITH c, o, w, datetime($as_of) AS t
  WHERE {{true_at w t}} AND {{seen_by_viewer w}}
  RETURN c, o
}
WITH DISTINCT c, o, datetime($as_of) AS t, datetime($recent) AS s
WHERE (o.opened_at IS NULL OR o.opened_at <= t) AND {{standing_at o t}} AND {{in_scope c}}
  AND (o.closed_at IS NULL AND o.outcome IS NULL OR o.closed_at > t)
RETURN c.customer_id AS customer_id, c.name AS customer_name,
  o {.opportunity_id, .name, .stage, .amount, .currency, .opened_at, .expected_at} AS deal,
  EXISTS {
    MATCH (o)<-[:ABOUT]-(k:Task)
    WHERE {{open_task k t}}
  } OR EXISTS {
    MATCH (o)<-[:ABOUT]-(i:Interaction)
    WHERE i.at > s AND i.at <= t AND {{standing_at i t}} AND i.next_step IS NOT NULL AND {{seen_by_viewer i}}
  } AS planned
ORDER BY customer_id, deal.opportunity_id
