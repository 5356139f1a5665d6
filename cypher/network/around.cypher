// name: network.around  params: customer_id, as_of, derived, limit  access: read  sees: viewer
// Without derived, reporting lines and ties that a derive left count for nothing.
MATCH (c:Customer {customer_id: $customer_id})
WITH c, datetime($as_of) AS t
WHERE {{in_scope c}}
RETURN c {.customer_id, .name} AS customer,
  COLLECT {
    MATCH (c)<-[w:WORKS_AT]-(p:Contact)
    WHERE {{true_at w t}} AND {{seen_by_viewer w}}
    RETURN {id: p.contact_id, name: p.name, basis: w.basis, confidence: w.confidence,
      roles: COLLECT {
        MATCH (p)-[r:HAS_ROLE]->(o:Opportunity)-[:FOR]->(c)
        WHERE {{true_at r t}} AND {{seen_by_viewer r}}
        RETURN {id: o.opportunity_id, basis: r.basis, confidence: r.confidence}
      },
      links: COLLECT {
        MATCH (p)-[r:REPORTS_TO|INFLUENCES|CONFLICTS_WITH]->(q:Contact)
        WHERE {{true_at r t}} AND {{seen_by_viewer r}} AND ($derived OR r.source <> 'derive')
        RETURN {id: q.contact_id, kind: type(r), basis: r.basis, confidence: r.confidence}
      },
      ties: COLLECT {
        MATCH (p)<-[k:KNOWS]-(e:Employee)
        WHERE {{seen_by_viewer k}} AND $derived AND coalesce(e.active, true)
        WITH e, k, {{strength k t}} AS strength
        RETURN {id: e.employee_id, name: e.name, basis: k.basis, confidence: k.confidence, strength: strength}
        ORDER BY strength DESC, e.employee_id
        LIMIT 5
      }}
    ORDER BY p.name, p.contact_id
    LIMIT $limit
  } AS contacts,
  COLLECT {
    MATCH (c)<-[w:OWNS]-(e:Employee)
    WHERE {{true_at w t}} AND {{seen_by_viewer w}}
    RETURN {id: e.employee_id, name: e.name, basis: w.basis, confidence: w.confidence}
    LIMIT $limit
  } AS owners,
  COLLECT {
    MATCH (c)<-[:FOR]-(o:Opportunity)
    WHERE (o.opened_at IS NULL OR o.opened_at <= t) AND {{standing_at o t}}
      AND (o.closed_at IS NULL AND o.outcome IS NULL OR o.closed_at > t)
    RETURN {id: o.opportunity_id, name: o.name}
    ORDER BY o.amount DESC, o.opportunity_id
    LIMIT $limit
  } AS deals,
  COLLECT {
    MATCH (c)-[w:PARENT_OF|PARTNER_OF]-(o:Customer)
    WHERE {{true_at w t}} AND {{seen_by_viewer w}}
    RETURN {id: o.customer_id, name: o.name, kind: type(w), outward: startNode(w) = c, basis: w.basis, confidence: w.confidence}
    ORDER BY o.customer_id
    LIMIT $limit
  } AS related
