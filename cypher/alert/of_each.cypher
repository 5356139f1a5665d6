// name: alert.of_each  params: customer_ids, as_of, limit  access: read  sees: viewer
// Of each customer the first alerts of alert.page.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t
WHERE {{standing_at c t}} AND {{in_scope c}}
RETURN c.customer_id AS customer_id, COLLECT {
  MATCH (c)<-[:FOR]-(a:Alert)
  WHERE {{selected_alert a t}}
  WITH a, {{alert_rank a}} AS rank
  WHERE {{alert_follows a rank}}
  RETURN a.alert_id ORDER BY rank, a.valid_from DESC, a.alert_id LIMIT $limit
} AS alert_ids
