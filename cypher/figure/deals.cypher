// name: figure.deals  params: id, since, until, as_of, state, limit  access: read  sees: viewer
// Deals of a customer that are open at as_of ($state: open; by when they were opened), or that were won or lost after
// `since` (by when they were closed), newest first.
MATCH (c:Customer {customer_id: $id})
WITH c, datetime($since) AS s, datetime($until) AS u, datetime($as_of) AS t WHERE {{in_scope c}}
MATCH (c)<-[:FOR]-(n:Opportunity)
WHERE (n.opened_at IS NULL OR n.opened_at <= t) AND {{standing_at n t}} AND CASE $state
  WHEN 'open' THEN n.closed_at IS NULL AND n.outcome IS NULL OR n.closed_at > t
  ELSE n.outcome = $state AND n.closed_at > s AND n.closed_at <= t
END
WITH n, u, CASE $state WHEN 'open' THEN coalesce(n.opened_at, t) ELSE n.closed_at END AS at
WHERE at <= u
RETURN 'Opportunity' AS kind, n.opportunity_id AS record_id, at
ORDER BY at DESC, record_id DESC LIMIT $limit
