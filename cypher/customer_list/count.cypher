// name: customer_list.count  params: as_of, lists, limit, scope  access: read  sees: viewer  slots: condition
// How many customers answer to a condition, counted up to `limit`.
CALL () {
  UNWIND CASE WHEN $scope.by_owner THEN [] ELSE [1] END AS all MATCH (c:Customer) RETURN c
  UNION ALL
  UNWIND $scope.customers AS one
  MATCH (c:Customer {customer_id: one}) RETURN c
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
WITH c LIMIT $limit
RETURN count(*) AS customers
