// name: customer_list.page  params: as_of, lists, limit, scope  access: read  sees: viewer  slots: each, window, condition, keys, within, after, shown, order
// Customers that answer to a condition (see graph.customer_filter), sorted by keys, after the one that is named.
// A list that $lists does not name is not read. The customers of a window are read from the index of its property; of
// somebody with own rows, by their ids.
CALL () {
  UNWIND CASE WHEN $scope.by_owner THEN [] ELSE [1] END AS all
  {{each}}
  RETURN r AS c
  UNION ALL
  UNWIND $scope.customers AS one
  MATCH (r:Customer {customer_id: one}) WHERE {{window}}
  RETURN r AS c
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
WITH c, {{keys}}
WHERE {{within}} AND {{after}}
RETURN c.customer_id AS customer_id, {{shown}} AS sorted_by
ORDER BY {{order}}, customer_id
LIMIT $limit
