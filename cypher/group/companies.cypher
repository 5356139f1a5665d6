// name: group.companies  params: customer_ids, as_of  access: read  sees: viewer
// Of each company who of us owns it, who decides there, for it or on an open deal, and how many deals are open. Of
// companies that are not among the rows of whoever asks, who owns them and no more.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t
WITH c, t, {{in_scope c}} AS ours
RETURN c.customer_id AS customer_id, c.name AS name,
  COLLECT {
    MATCH (c)<-[w:OWNS]-(e:Employee) WHERE {{true_at w t}} AND {{seen_by_viewer w}}
    RETURN DISTINCT e {.employee_id, .name, .team}
  } AS owners,
  COLLECT {
    MATCH (c)<-[r:HAS_ROLE]-(p:Contact)-[j:WORKS_AT]->(c)
    WHERE ours AND r.role IN ['decision_maker', 'economic_buyer', 'approver'] AND {{true_at r t}} AND {{seen_by_viewer r}}
      AND {{true_at j t}} AND {{seen_by_viewer j}}
    RETURN {contact_id: p.contact_id, name: p.name, title: j.title, role: r.role, basis: r.basis,
      confidence: r.confidence}
  } + COLLECT {
    MATCH (c)<-[:FOR]-(o:Opportunity)<-[h:HAS_ROLE]-(q:Contact)-[k:WORKS_AT]->(c)
    WHERE ours AND h.role IN ['decision_maker', 'economic_buyer', 'approver'] AND {{true_at h t}} AND {{seen_by_viewer h}}
      AND {{true_at k t}} AND {{seen_by_viewer k}} AND (o.opened_at IS NULL OR o.opened_at <= t)
      AND {{standing_at o t}}
      AND (o.closed_at IS NULL AND o.outcome IS NULL OR o.closed_at > t)
    RETURN {contact_id: q.contact_id, name: q.name, title: k.title, role: h.role, basis: h.basis,
      confidence: h.confidence}
  } AS deciders,
  CASE WHEN ours THEN COUNT {
    MATCH (c)<-[:FOR]-(o:Opportunity)
    WHERE (o.opened_at IS NULL OR o.opened_at <= t) AND {{standing_at o t}}
      AND (o.closed_at IS NULL AND o.outcome IS NULL OR o.closed_at > t)
  } END AS open_deals
