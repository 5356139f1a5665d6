// name: chain.targets  params: customer_ids, as_of  access: read  sees: viewer
// Per customer: its open opportunities, and the alerts about gaps that are open.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t
RETURN c.customer_id AS customer_id,
  COLLECT {
    MATCH (c)<-[:FOR]-(o:Opportunity)
    WHERE (o.opened_at IS NULL OR o.opened_at <= t)
      AND {{standing_at o t}}
      AND (o.closed_at IS NULL AND o.outcome IS NULL OR o.closed_at > t)
    RETURN o.opportunity_id
  } AS opportunity_ids,
  COLLECT {
    MATCH (c)<-[:FOR]-(a:Alert)
    WHERE a.method = 'chain-gaps-1' AND a.valid_to IS NULL
    RETURN a {.alert_id, .kind, .severity, .message, .valid_from, .evidence, .figures,
      .told_from, .told_severity, .told_figures, .told_evidence,
      opportunity_ids: COLLECT { MATCH (a)-[:ABOUT]->(x:Opportunity) RETURN x.opportunity_id }}
  } AS alerts
