// name: quality.alerts  params: kind, limit, scope  access: read  sees: viewer
// What is amiss with the data as a whole, and of no customer: the alerts of a kind that are not over, for
// whoever sees all rows.
MATCH (a:Alert {kind: $kind})
WHERE a.valid_to IS NULL AND $scope.all
RETURN a {.alert_id, .kind, .severity, .message, .figures, .valid_from, .state, .state_by, .state_at, .state_reason}
  AS alert
ORDER BY alert.alert_id LIMIT $limit
