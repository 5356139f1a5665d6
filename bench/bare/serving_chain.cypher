// Who has a role in a deal or its account, up to four levels of superiors, and who of us knows each.
MATCH (o:Opportunity {opportunity_id: $opportunity})-[:FOR]->(c:Customer)
WITH o, c, datetime($as_of) AS t
WITH o, t,
  COLLECT {
    MATCH (c)<-[r:HAS_ROLE]-(p:Contact)
    WHERE r.valid_from <= t AND (r.valid_to IS NULL OR r.valid_to > t)
    RETURN r {.role, .stance, .influence, contact_id: p.contact_id}
  } + COLLECT {
    MATCH (o)<-[r:HAS_ROLE]-(p:Contact)
    WHERE r.valid_from <= t AND (r.valid_to IS NULL OR r.valid_to > t)
    RETURN r {.role, .stance, .influence, contact_id: p.contact_id}
  } AS roles
WITH o, t, roles, [role IN roles | role.contact_id] AS holders
WITH o, t, roles, holders + COLLECT {
    UNWIND holders AS holder
    WITH DISTINCT holder, t
    MATCH (h:Contact {contact_id: holder})
    MATCH path = (h)-[:REPORTS_TO*1..4]->(m:Contact)
    WHERE all(r IN relationships(path) WHERE r.valid_from <= t AND (r.valid_to IS NULL OR r.valid_to > t))
    RETURN DISTINCT m.contact_id
  } AS ids
RETURN o {.opportunity_id, .name, .stage, .amount, .currency, roles: roles,
  people: COLLECT {
    UNWIND ids AS id
    WITH DISTINCT id, ids, t
    MATCH (p:Contact {contact_id: id})
    RETURN p {.contact_id, .name,
      titles: COLLECT {
        MATCH (p)-[w:WORKS_AT]->(:Customer)
        WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
        RETURN w.title
      },
      covers: COLLECT {
        MATCH (p)<-[k:KNOWS]-(e:Employee)
        RETURN e {.employee_id, .name, strength: k.strength}
        ORDER BY k.strength DESC, e.employee_id
        LIMIT 5
      },
      links: COLLECT {
        MATCH (p)-[r:REPORTS_TO|INFLUENCES|CONFLICTS_WITH]->(q:Contact)
        WHERE q.contact_id IN ids AND r.valid_from <= t AND (r.valid_to IS NULL OR r.valid_to > t)
        RETURN {kind: type(r), to: q.contact_id}
      }}
  }} AS answer
