// name: record.timeline_contact  params: id, since, until, as_of, limit  access: read  sees: viewer
// What happened with a contact from `since` until `until`, of records that stand at as_of, newest first within each kind.
MATCH (p:Contact {contact_id: $id})
WITH p, datetime($since) AS s, datetime($until) AS u, datetime($as_of) AS t
MATCH (p)-[:PARTICIPATED_IN]->(n:Interaction) WHERE n.at >= s AND n.at <= u AND {{standing_at n t}} AND {{seen_by_viewer n}} AND {{talk_in_scope n t}}
RETURN 'Interaction' AS kind, n.interaction_id AS record_id, n.at AS at, coalesce(n.subject, n.channel) AS name,
  NULL AS amount, NULL AS currency ORDER BY at DESC, record_id DESC LIMIT $limit
UNION ALL
MATCH (p:Contact {contact_id: $id})
WITH p, datetime($since) AS s, datetime($until) AS u, datetime($as_of) AS t
MATCH (p)<-[:RAISED_BY]-(n:Ticket) WHERE n.opened_at >= s AND n.opened_at <= u AND {{standing_at n t}} AND {{linked_in_scope n}}
RETURN 'Ticket' AS kind, n.ticket_id AS record_id, n.opened_at AS at, n.subject AS name, NULL AS amount,
  NULL AS currency ORDER BY at DESC, record_id DESC LIMIT $limit
UNION ALL
MATCH (p:Contact {contact_id: $id})
WITH p, datetime($since) AS s, datetime($until) AS u, datetime($as_of) AS t
MATCH (p)<-[:ABOUT]-(n:Task) WHERE n.due_at >= s AND n.due_at <= u AND {{standing_at n t}} AND {{linked_in_scope n}}
RETURN 'Task' AS kind, n.task_id AS record_id, n.due_at AS at, n.subject AS name, NULL AS amount,
  NULL AS currency ORDER BY at DESC, record_id DESC LIMIT $limit
