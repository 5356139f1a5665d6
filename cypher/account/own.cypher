// name: account.own  params: most, scope  access: read  sees: viewer
// The customers to which the rows of whoever asks are narrowed, where they are at most this many; else no row.
UNWIND CASE WHEN $scope.by_owner AND size($scope.customers) <= $most THEN [1] ELSE [] END AS narrowed
RETURN $scope.customers AS customer_ids
