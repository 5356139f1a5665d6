// name: journey.milestones  params: customer_ids, as_of  access: read  sees: viewer
// Of each customer what happened for the first time by as_of, each as a list of one or none; orders: the first two.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t
WHERE {{in_scope c}}
RETURN c.customer_id AS customer_id,
  COLLECT {
    CALL (c, t) {
      MATCH (c)<-[:FOR]-(i:Interaction) WHERE i.at <= t AND {{standing_at i t}} AND {{seen_by_viewer i}} RETURN i
      UNION
      MATCH (c)<-[w:WORKS_AT]-(:Contact)-[:PARTICIPATED_IN]->(i:Interaction)
      WHERE i.at <= t AND {{standing_at i t}} AND {{known_at w t}} AND {{seen_by_viewer w}} AND i.at >= w.valid_from
        AND (w.valid_to IS NULL OR i.at < w.valid_to) AND {{seen_by_viewer i}}
      RETURN i
    }
    RETURN {at: i.at, record: 'Interaction:' + i.interaction_id} ORDER BY i.at, i.interaction_id LIMIT 1
  } AS first_contact,
  COLLECT {
    CALL (c, t) {
      MATCH (c)<-[:FOR]-(i:Interaction)
      WHERE i.at <= t AND {{standing_at i t}} AND i.channel IN ['meeting', 'visit'] AND {{seen_by_viewer i}} RETURN i
      UNION
      MATCH (c)<-[w:WORKS_AT]-(:Contact)-[:PARTICIPATED_IN]->(i:Interaction)
      WHERE i.at <= t AND {{standing_at i t}} AND i.channel IN ['meeting', 'visit'] AND {{known_at w t}} AND {{seen_by_viewer w}}
        AND i.at >= w.valid_from AND (w.valid_to IS NULL OR i.at < w.valid_to) AND {{seen_by_viewer i}}
      RETURN i
    }
    RETURN {at: i.at, record: 'Interaction:' + i.interaction_id} ORDER BY i.at, i.interaction_id LIMIT 1
  } AS first_meeting,
  COLLECT {
    MATCH (c)<-[:FOR]-(o:Opportunity) WHERE o.opened_at <= t AND {{standing_at o t}}
    RETURN {at: o.opened_at, record: 'Opportunity:' + o.opportunity_id} ORDER BY o.opened_at, o.opportunity_id LIMIT 1
  } AS first_deal,
  COLLECT {
    MATCH (c)<-[:FOR]-(o:Opportunity) WHERE o.outcome = 'won' AND o.closed_at <= t AND {{standing_at o t}}
    RETURN {at: o.closed_at, record: 'Opportunity:' + o.opportunity_id} ORDER BY o.closed_at, o.opportunity_id LIMIT 1
  } AS first_won,
  COLLECT {
    MATCH (c)<-[:FOR]-(o:Opportunity) WHERE o.outcome = 'lost' AND o.closed_at <= t AND {{standing_at o t}}
    RETURN {at: o.closed_at, record: 'Opportunity:' + o.opportunity_id} ORDER BY o.closed_at, o.opportunity_id LIMIT 1
  } AS first_lost,
  COLLECT {
    MATCH (c)-[:PLACED]->(o:Order) WHERE o.ordered_at <= t AND o.kind = 'sale' AND {{standing_at o t}}
    RETURN {at: o.ordered_at, record: 'Order:' + o.order_id} ORDER BY o.ordered_at, o.order_id LIMIT 2
  } AS first_orders,
  COLLECT {
    MATCH (c)-[:PLACED]->(o:Order) WHERE o.ordered_at <= t AND o.kind = 'sale' AND {{standing_at o t}}
    RETURN {at: o.ordered_at, record: 'Order:' + o.order_id} ORDER BY o.ordered_at DESC, o.order_id DESC LIMIT 1
  } AS last_order,
  COUNT { MATCH (c)-[:PLACED]->(o:Order) WHERE o.ordered_at <= t AND o.kind = 'sale' AND {{standing_at o t}} } AS orders,
  COLLECT {
    MATCH (c)<-[:FOR]-(k:Ticket) WHERE k.opened_at <= t AND {{standing_at k t}}
    RETURN {at: k.opened_at, record: 'Ticket:' + k.ticket_id} ORDER BY k.opened_at, k.ticket_id LIMIT 1
  } AS first_ticket
