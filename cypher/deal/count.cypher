// name: deal.count  params: customer_ids, everyone, as_of, limit, scope  access: read  sees: viewer
// How many deals deal.page goes through, counted up to `limit`.
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
WITH o LIMIT $limit
RETURN count(*) AS deals
