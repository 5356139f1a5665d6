// name: alert.count  params: customer_ids, everyone, as_of, limit, scope  access: read  sees: viewer
// How many alerts alert.page goes through, counted up to `limit`.
CALL () {
  UNWIND $customer_ids AS asked MATCH (c:Customer {customer_id: asked}) RETURN c
  UNION ALL
  UNWIND CASE WHEN $everyone AND NOT $scope.by_owner THEN [1] ELSE [] END AS all MATCH (c:Customer) RETURN c
  UNION ALL
  UNWIND CASE WHEN $everyone THEN $scope.customers ELSE [] END AS one
  MATCH (c:Customer {customer_id: one}) RETURN c
}
WITH c, datetime($as_of) AS t
WHERE {{standing_at c t}} AND {{in_scope c}}
MATCH (c)<-[:FOR]-(a:Alert)
WHERE {{selected_alert a t}}
WITH a LIMIT $limit
RETURN count(*) AS alerts
