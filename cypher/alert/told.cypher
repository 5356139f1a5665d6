// name: alert.told  params: alert_ids, as_of  access: read  sees: viewer
// Alerts with their customer, the deal that they are about, and who of us is responsible for the customer.
UNWIND $alert_ids AS asked
MATCH (a:Alert {alert_id: asked})-[:FOR]->(c:Customer)
WITH a, c, datetime($as_of) AS t
WHERE {{in_scope c}}
RETURN a {.alert_id, .kind, .severity, .message, .figures, .evidence, .subject, .valid_from, .valid_to, .state,
    .state_by, .state_at, .state_reason, .told_from, .told_severity, .told_figures, .told_evidence} AS alert,
  c.customer_id AS customer_id, c.name AS customer_name,
  COLLECT { MATCH (a)-[:ABOUT]->(o:Opportunity) RETURN o.opportunity_id } AS deals,
  COLLECT {
    MATCH (c)<-[w:OWNS]-(e:Employee) WHERE {{true_at w t}} AND {{seen_by_viewer w}}
    RETURN e {.employee_id, .name, .email, .team, .role, since: w.valid_from}
    ORDER BY w.valid_from, e.employee_id LIMIT 1
  } AS owners
