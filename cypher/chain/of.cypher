// name: chain.of  params: targets, as_of, derived  access: read  sees: viewer
// One row per target {customer_id, sold, opportunity_id, account, superiors}. The customer is named, or is that of the
// opportunity `sold`; the other one is ''. opportunity_id null and account false picks the largest opportunity open at
// as_of, among those of the currency that most of them have (of equal counts the account's own), since amounts of
// different currencies are not compared; account true reads the chain of the account as a whole. Superiors are read
// beside the people that the graph leads to. Without derived, reporting lines that a derive left count for nothing.
// Patterns begin at the end that is bound, and ids of a list are unwound: the embedded engine reads every node of
// the label otherwise.
UNWIND $targets AS target
CALL (target) {
  MATCH (c:Customer {customer_id: target.customer_id}) RETURN c
  UNION ALL
  MATCH (:Opportunity {opportunity_id: target.sold})-[:FOR]->(c:Customer) RETURN c ORDER BY c.customer_id LIMIT 1
}
WITH target, c, datetime($as_of) AS t
WHERE {{in_scope c}}
OPTIONAL CALL (target, c, t) {
  MATCH (c)<-[:FOR]-(d:Opportunity)
  WHERE NOT target.account AND (d.opened_at IS NULL OR d.opened_at <= t) AND {{standing_at d t}}
    AND (d.opportunity_id = target.opportunity_id
      OR target.opportunity_id IS NULL
        AND (d.closed_at IS NULL AND d.outcome IS NULL OR d.closed_at > t))
  WITH c, collect(d) AS deals
  UNWIND deals AS d
  WITH d, coalesce(d.currency, '') AS currency, coalesce(c.currency, '') AS own, deals
  RETURN d AS o
  ORDER BY size([x IN deals WHERE coalesce(x.currency, '') = currency]) DESC, currency <> own, currency,
    coalesce(d.amount, 0.0) DESC, d.opened_at DESC, d.opportunity_id
  LIMIT 1
}
WITH c, o, t, target.superiors AS superiors, coalesce(o.opportunity_id, '') AS deal
WITH c, o, t, superiors,
  COLLECT {
    MATCH (c)<-[r:HAS_ROLE]-(p:Contact)
    WHERE {{true_at r t}} AND {{seen_by_viewer r}}
    RETURN r {.role, .stance, .influence, .decision_power, .basis, .confidence, .method, .source, .valid_from,
      .known_from, .evidence, .evidence_count, scope: 'customer', contact_id: p.contact_id}
  } + COLLECT {
    MATCH (d:Opportunity {opportunity_id: deal})<-[r:HAS_ROLE]-(p:Contact)
    WHERE {{true_at r t}} AND {{seen_by_viewer r}}
    RETURN r {.role, .stance, .influence, .basis, .confidence, .method, .source, .valid_from, .known_from,
      .evidence, .evidence_count, scope: 'opportunity', contact_id: p.contact_id}
  } AS roles
WITH c, o, t, roles, [role IN roles | role.contact_id] + superiors AS holders
WITH c, o, t, roles, holders + COLLECT {
    UNWIND holders AS holder
    WITH DISTINCT holder, t
    MATCH (h:Contact {contact_id: holder})
    MATCH path = (h)-[:REPORTS_TO*1..4]->(m:Contact)
    WHERE all(r IN relationships(path) WHERE {{true_at r t}} AND {{seen_by_viewer r}}
      AND ($derived OR r.source <> 'derive'))
    RETURN DISTINCT m.contact_id
  } AS people
RETURN c.customer_id AS customer_id, c.created_at AS customer_since, c.country AS country,
  o {.opportunity_id, .name, .stage, .amount, .currency, .opened_at} AS opportunity,
  roles,
  COLLECT {
    UNWIND people AS person
    WITH DISTINCT person, people, c, t
    MATCH (p:Contact {contact_id: person})
    WITH p, people, c, t, {{contact_in_scope p t}} AS ours
    RETURN p {.contact_id, .name,
      email: CASE WHEN ours THEN p.email END, phone: CASE WHEN ours THEN p.phone END,
      mobile: CASE WHEN ours THEN p.mobile END,
      jobs: COLLECT {
        MATCH (p)-[w:WORKS_AT]->(j:Customer)
        WHERE {{known_at w t}} AND {{seen_by_viewer w}}
        RETURN w {.title, .seniority, .department, .valid_from, .valid_to, customer_id: j.customer_id, company: j.name}
      },
      departures: COLLECT {
        MATCH (p)-[g:DEPARTED]->(c)
        WHERE {{true_at g t}} AND {{seen_by_viewer g}}
        RETURN g {.valid_from, .known_from, .basis, .confidence, .method, .evidence, .moved_to} AS departure
        ORDER BY g.confidence DESC, g.fact_id LIMIT 1
      },
      covers: COLLECT {
        MATCH (p)<-[k:KNOWS]-(e:Employee)
        WHERE coalesce(e.active, true) AND {{seen_by_viewer k}}
        WITH e, k, {{strength k t}} AS strength
        RETURN k {.last_at, .interactions, .evidence, .evidence_count, strength: strength,
          employee_id: e.employee_id, name: e.name, email: e.email, team: e.team, role: e.role}
        ORDER BY strength DESC, e.employee_id
        LIMIT 5
      },
      links: COLLECT {
        MATCH (p)-[r:REPORTS_TO|INFLUENCES|CONFLICTS_WITH]->(q:Contact)
        WHERE q.contact_id IN people AND {{true_at r t}} AND {{seen_by_viewer r}}
          AND ($derived OR r.source <> 'derive')
        RETURN r {.basis, .confidence, .strength, .evidence, .evidence_count, kind: type(r), to_id: q.contact_id}
      }}
  } AS people,
  COLLECT {
    MATCH (c)<-[:FOR]-(a:Alert)
    WHERE a.method = 'chain-gaps-1' AND a.valid_from <= t AND (a.valid_to IS NULL OR a.valid_to > t)
    OPTIONAL MATCH (a)-[:ABOUT]->(x:Opportunity)
    WITH a, x WHERE coalesce(x.opportunity_id, '') = coalesce(o.opportunity_id, '')
    RETURN a {.alert_id, .kind, .severity, .message, .valid_from, .evidence, .figures}
  } AS alerts
