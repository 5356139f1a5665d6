// name: record_list.count  params: customer_ids, everyone, as_of, limit, scope  access: read  sees: viewer  slots: label, path, condition
// How many records the lists go through, counted up to `limit`.
CALL () {
  UNWIND CASE WHEN $everyone THEN $scope.customers ELSE $customer_ids END AS asked
  MATCH (c:Customer {customer_id: asked})
  WITH c, datetime($as_of) AS t
  MATCH {{path}}
  WHERE {{in_scope c}} AND {{condition}}
  RETURN DISTINCT r
  UNION ALL
  UNWIND CASE WHEN $everyone AND NOT $scope.by_owner THEN [1] ELSE [] END AS all
  MATCH (r:{{label}})
  WITH r, datetime($as_of) AS t
  MATCH {{path}}
  WHERE {{in_scope c}} AND {{condition}}
  RETURN DISTINCT r
}
WITH r LIMIT $limit
RETURN count(*) AS records
