// name: deal.page  params: customer_ids, everyone, as_of, after_at, after_id, limit, scope  access: read  sees: viewer
// Deals of these customers or of everyone that answer to the filter, by the day when they are to close (those without
// one last), then by id, after the one that is named.
CALL () {
  UNWIND $customer_ids AS asked MATCH (c:Customer {customer_id: asked})<-[:FOR]-(o:Opportunity) RETURN c, o
  UNION ALL
  UNWIND CASE WHEN $everyone AND NOT $scope.by_owner THEN [1] ELSE [] END AS all
  MATCH (c:Customer)<-[:FOR]-(o:Opportunity) RETURN c, o
  UNION ALL
  UNWIND CASE WHEN $everyone THEN $scope.customers ELSE [] END AS one
  MATCH (c:Customer {customer_id: one})<-[:FOR]-(o:Opportunity) RETURN c, o
}
WITH c, o, datetime($as_of) AS t
WHERE {{selected_deal o c t}}
WITH c, o, t, coalesce(o.expected_at, datetime('2999-01-01T00:00:00+00:00')) AS at
WHERE at > datetime($after_at) OR at >= datetime($after_at) AND o.opportunity_id > $after_id
WITH c, o, t, at ORDER BY at, o.opportunity_id LIMIT $limit
RETURN o {.opportunity_id, .name, .stage, .amount, .currency, .opened_at, .expected_at, .closed_at, .outcome} AS deal,
  c.customer_id AS customer_id, c.name AS customer_name,
  COLLECT {
    MATCH (o)<-[w:OWNS]-(e:Employee) WHERE {{true_at w t}} AND {{seen_by_viewer w}}
    RETURN e {.employee_id, .name, .email, .team, .role, since: w.valid_from}
    ORDER BY w.valid_from, e.employee_id LIMIT 1
  } AS owners
ORDER BY at, deal.opportunity_id
