// name: record.timeline_customer  params: id, since, until, as_of, limit  access: read  sees: viewer
// What happened with a customer from `since` until `until`, of records that stand at as_of, newest first within each
// kind; interactions are those for the customer and those of whoever works or worked there.
MATCH (c:Customer {customer_id: $id})
WITH c, datetime($since) AS s, datetime($until) AS u, datetime($as_of) AS t WHERE {{in_scope c}}
MATCH (c)-[:PLACED]->(n:Order) WHERE n.ordered_at >= s AND n.ordered_at <= u AND {{standing_at n t}}
RETURN 'Order' AS kind, n.order_id AS record_id, n.ordered_at AS at, n.kind AS name, n.amount AS amount,
  n.currency AS currency ORDER BY at DESC, record_id DESC LIMIT $limit
UNION ALL
MATCH (c:Customer {customer_id: $id})
WITH c, datetime($since) AS s, datetime($until) AS u, datetime($as_of) AS t WHERE {{in_scope c}}
MATCH (c)<-[:FOR]-(n:Opportunity) WHERE n.opened_at >= s AND n.opened_at <= u AND {{standing_at n t}}
RETURN 'Opportunity' AS kind, n.opportunity_id AS record_id, n.opened_at AS at, n.name AS name, n.amount AS amount,
  n.currency AS currency ORDER BY at DESC, record_id DESC LIMIT $limit
UNION ALL
MATCH (c:Customer {customer_id: $id})
WITH c, datetime($since) AS s, datetime($until) AS u, datetime($as_of) AS t WHERE {{in_scope c}}
MATCH (c)<-[:FOR]-(n:Quote) WHERE n.quoted_at >= s AND n.quoted_at <= u AND {{standing_at n t}}
RETURN 'Quote' AS kind, n.quote_id AS record_id, n.quoted_at AS at, n.name AS name, n.amount AS amount,
  n.currency AS currency ORDER BY at DESC, record_id DESC LIMIT $limit
UNION ALL
MATCH (c:Customer {customer_id: $id})
WITH c, datetime($since) AS s, datetime($until) AS u, datetime($as_of) AS t WHERE {{in_scope c}}
MATCH (c)<-[:FOR]-(n:Invoice) WHERE n.issued_at >= s AND n.issued_at <= u AND {{standing_at n t}}
RETURN 'Invoice' AS kind, n.invoice_id AS record_id, n.issued_at AS at, n.kind AS name, n.amount AS amount,
  n.currency AS currency ORDER BY at DESC, record_id DESC LIMIT $limit
UNION ALL
MATCH (c:Customer {customer_id: $id})
WITH c, datetime($since) AS s, datetime($until) AS u, datetime($as_of) AS t WHERE {{in_scope c}}
MATCH (c)<-[:FOR]-(n:Payment) WHERE n.paid_at >= s AND n.paid_at <= u AND {{standing_at n t}}
RETURN 'Payment' AS kind, n.payment_id AS record_id, n.paid_at AS at, n.method AS name, n.amount AS amount,
  n.currency AS currency ORDER BY at DESC, record_id DESC LIMIT $limit
UNION ALL
MATCH (c:Customer {customer_id: $id})
WITH c, datetime($since) AS s, datetime($until) AS u, datetime($as_of) AS t WHERE {{in_scope c}}
MATCH (c)<-[:FOR]-(n:Ticket) WHERE n.opened_at >= s AND n.opened_at <= u AND {{standing_at n t}}
RETURN 'Ticket' AS kind, n.ticket_id AS record_id, n.opened_at AS at, n.subject AS name, NULL AS amount,
  NULL AS currency ORDER BY at DESC, record_id DESC LIMIT $limit
UNION ALL
MATCH (c:Customer {customer_id: $id})
WITH c, datetime($since) AS s, datetime($until) AS u, datetime($as_of) AS t WHERE {{in_scope c}}
MATCH (c)<-[:FOR]-(n:Task) WHERE n.due_at >= s AND n.due_at <= u AND {{standing_at n t}}
RETURN 'Task' AS kind, n.task_id AS record_id, n.due_at AS at, n.subject AS name, NULL AS amount,
  NULL AS currency ORDER BY at DESC, record_id DESC LIMIT $limit
UNION ALL
MATCH (c:Customer {customer_id: $id})
WITH c, datetime($since) AS s, datetime($until) AS u, datetime($as_of) AS t WHERE {{in_scope c}}
MATCH (c)<-[:FOR]-(n:Interaction) WHERE n.at >= s AND n.at <= u AND {{standing_at n t}} AND {{seen_by_viewer n}}
RETURN 'Interaction' AS kind, n.interaction_id AS record_id, n.at AS at, coalesce(n.subject, n.channel) AS name,
  NULL AS amount, NULL AS currency ORDER BY at DESC, record_id DESC LIMIT $limit
UNION ALL
MATCH (c:Customer {customer_id: $id})
WITH c, datetime($since) AS s, datetime($until) AS u, datetime($as_of) AS t WHERE {{in_scope c}}
MATCH (c)<-[w:WORKS_AT]-(p:Contact)-[:PARTICIPATED_IN]->(n:Interaction)
WHERE {{known_at w t}} AND {{seen_by_viewer w}} AND n.at >= s AND n.at <= u AND {{standing_at n t}} AND {{seen_by_viewer n}}
  AND n.at >= w.valid_from AND (w.valid_to IS NULL OR n.at < w.valid_to) AND {{talk_in_scope n t}}
WITH DISTINCT n
RETURN 'Interaction' AS kind, n.interaction_id AS record_id, n.at AS at, coalesce(n.subject, n.channel) AS name,
  NULL AS amount, NULL AS currency ORDER BY at DESC, record_id DESC LIMIT $limit
UNION ALL
MATCH (c:Customer {customer_id: $id})
WITH c, datetime($since) AS s, datetime($until) AS u, datetime($as_of) AS t WHERE {{in_scope c}}
MATCH (c)<-[l:LINKED_TO]-(n:Item)
WHERE {{known_at l t}} AND {{seen_by_viewer l}} AND n.created_at >= s AND n.created_at <= u AND {{standing_at n t}}
WITH DISTINCT n
RETURN 'Item' AS kind, n.item_id AS record_id, n.created_at AS at, n.name AS name, NULL AS amount,
  NULL AS currency ORDER BY at DESC, record_id DESC LIMIT $limit
