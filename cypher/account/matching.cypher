// name: account.matching  params: customer_ids, everyone, as_of, lists, scope  access: read  sees: viewer  slots: condition
// Of these customers or of everyone those that answer to a condition (see graph.customer_filter). A list that $lists
// does not name is not read.
CALL () {
  UNWIND CASE WHEN $everyone THEN $scope.customers ELSE $customer_ids END AS asked
  MATCH (c:Customer {customer_id: asked}) RETURN c
  UNION ALL
  UNWIND CASE WHEN $everyone AND NOT $scope.by_owner THEN [1] ELSE [] END AS all MATCH (c:Customer) RETURN c
}
WITH c, datetime($as_of) AS t
WHERE {{standing_at c t}} AND {{in_scope c}}
OPTIONAL MATCH (f:Profile {customer_id: c.customer_id})
WITH c, f, t,
  CASE WHEN 'owners' IN $lists THEN {{owners c t}} ELSE [] END AS owners,
  CASE WHEN 'teams' IN $lists THEN {{teams c t}} ELSE [] END AS teams,
  CASE WHEN 'tags' IN $lists THEN {{tags c t}} ELSE [] END AS tags,
  CASE WHEN 'segments' IN $lists THEN {{segments c t}} ELSE [] END AS segments,
  CASE WHEN 'churn_bands' IN $lists THEN {{churn_bands c t}} ELSE [] END AS churn_bands
WHERE {{condition}}
RETURN c.customer_id AS customer_id
ORDER BY customer_id
