// name: network.around  params: customer_id, as_of, viewer, limit  access: read
MATCH (c:Customer {customer_id: $customer_id})
WITH c, datetime($as_of) AS t
RETURN c {.customer_id, .name} AS customer,
  COLLECT {
    MATCH (c)<-[w:WORKS_AT]-(p:Contact)
    WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
      AND coalesce(w.known_from, w.valid_from) <= t AND (w.known_to IS NULL OR w.known_to > t)
      AND (coalesce(w.visibility, 'company') = 'company' OR w.owner_id = $viewer)
    RETURN {id: p.contact_id, name: p.name, basis: w.basis, confidence: w.confidence,
      roles: COLLECT {
        MATCH (p)-[r:HAS_ROLE]->(o:Opportunity)-[:FOR]->(c)
        WHERE r.valid_from <= t AND (r.valid_to IS NULL OR r.valid_to > t)
          AND coalesce(r.known_from, r.valid_from) <= t AND (r.known_to IS NULL OR r.known_to > t)
          AND (coalesce(r.visibility, 'company') = 'company' OR r.owner_id = $viewer)
        RETURN {id: o.opportunity_id, basis: r.basis, confidence: r.confidence}
      },
      links: COLLECT {
        MATCH (p)-[r:REPORTS_TO|INFLUENCES|CONFLICTS_WITH]->(q:Contact)
        WHERE r.valid_from <= t AND (r.valid_to IS NULL OR r.valid_to > t)
          AND coalesce(r.known_from, r.valid_from) <= t AND (r.known_to IS NULL OR r.known_to > t)
          AND (coalesce(r.visibility, 'company') = 'company' OR r.owner_id = $viewer)
        RETURN {id: q.contact_id, kind: type(r), basis: r.basis, confidence: r.confidence}
      },
      ties: COLLECT {
        MATCH (p)<-[k:KNOWS]-(e:Employee)
        WHERE coalesce(k.visibility, 'company') = 'company' OR k.owner_id = $viewer
        RETURN {id: e.employee_id, name: e.name, basis: k.basis, confidence: k.confidence,
          strength: 1.0 - (1.0 - k.strength) ^ (0.5 ^ (duration.inSeconds(k.derived_at, t).seconds / 86400.0 / k.half_life_days))}
        ORDER BY k.strength DESC, e.employee_id
        LIMIT 5
      }}
    ORDER BY p.name, p.contact_id
    LIMIT $limit
  } AS contacts,
  COLLECT {
    MATCH (c)<-[w:OWNS]-(e:Employee)
    WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
      AND coalesce(w.known_from, w.valid_from) <= t AND (w.known_to IS NULL OR w.known_to > t)
    RETURN {id: e.employee_id, name: e.name, basis: w.basis, confidence: w.confidence}
    LIMIT $limit
  } AS owners,
  COLLECT {
    MATCH (c)<-[:FOR]-(o:Opportunity)
    WHERE (o.opened_at IS NULL OR o.opened_at <= t) AND (o.closed_at IS NULL AND o.outcome IS NULL OR o.closed_at > t)
    RETURN {id: o.opportunity_id, name: o.name}
    ORDER BY o.amount DESC, o.opportunity_id
    LIMIT $limit
  } AS deals,
  COLLECT {
    MATCH (c)-[w:PARENT_OF|PARTNER_OF]-(o:Customer)
    WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
      AND coalesce(w.known_from, w.valid_from) <= t AND (w.known_to IS NULL OR w.known_to > t)
    RETURN {id: o.customer_id, name: o.name, kind: type(w), outward: startNode(w) = c, basis: w.basis, confidence: w.confidence}
    ORDER BY o.customer_id
    LIMIT $limit
  } AS related
