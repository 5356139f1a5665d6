// name: account.brief  params: customer_id, contact_ids, since, as_of, limit  access: read  sees: viewer
// What was noted of a customer and of these people since a day, and its open tickets and orders. An order is open
// whose delivery was agreed and has not happened.
MATCH (c:Customer {customer_id: $customer_id})
WITH c, datetime($as_of) AS t, datetime($since) AS s
WHERE {{in_scope c}}
RETURN COLLECT {
    MATCH (c)<-[:FOR]-(i:Interaction)
    WHERE i.at >= s AND i.at <= t AND {{standing_at i t}} AND {{seen_by_viewer i}} AND (i.note IS NOT NULL OR i.next_step IS NOT NULL)
    RETURN i {.interaction_id, .at, .channel, .subject, .note, .next_step}
    ORDER BY i.at DESC, i.interaction_id LIMIT $limit
  } + COLLECT {
    UNWIND $contact_ids AS asked
    MATCH (p:Contact {contact_id: asked})-[:PARTICIPATED_IN]->(i:Interaction)
    WHERE i.at >= s AND i.at <= t AND {{standing_at i t}} AND {{seen_by_viewer i}} AND {{talk_in_scope i t}} AND (i.note IS NOT NULL OR i.next_step IS NOT NULL)
    RETURN i {.interaction_id, .at, .channel, .subject, .note, .next_step}
    ORDER BY i.at DESC, i.interaction_id LIMIT $limit
  } AS notes,
  COLLECT {
    MATCH (c)<-[:FOR]-(k:Ticket)
    WHERE k.opened_at <= t AND {{standing_at k t}} AND (k.closed_at IS NULL OR k.closed_at > t)
    RETURN k {.ticket_id, .opened_at, .subject, .status, .priority}
    ORDER BY k.opened_at DESC, k.ticket_id LIMIT $limit
  } AS tickets,
  COLLECT {
    MATCH (c)-[:PLACED]->(o:Order)
    WHERE o.ordered_at <= t AND {{standing_at o t}} AND o.promised_at IS NOT NULL
      AND (o.delivered_at IS NULL OR o.delivered_at > t)
    RETURN o {.order_id, .ordered_at, .promised_at, .status, .amount, .currency}
    ORDER BY o.promised_at, o.order_id LIMIT $limit
  } AS orders
