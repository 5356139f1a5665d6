// name: alert.page  params: customer_ids, everyone, as_of, limit, scope  access: read  sees: viewer
// Alerts that stood at as_of, of these customers or of everyone, the gravest first, then the newest, after the one that
// is named by rank, day and id. No kinds or severities: all of them.
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
WITH a, {{alert_rank a}} AS rank
WHERE {{alert_follows a rank}}
WITH a, rank ORDER BY rank, a.valid_from DESC, a.alert_id LIMIT $limit
RETURN a.alert_id AS alert_id
ORDER BY rank, a.valid_from DESC, a.alert_id
