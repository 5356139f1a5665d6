// name: edge.statements  params: contact_ids, customer_id, opportunity_id, as_of  access: read  sees: viewer
// Every statement that stands about the jobs, roles and superiors of these contacts at a customer, and the ties that
// we have to them; `seen` is the newest talk among its evidence.
UNWIND $contact_ids AS asked
MATCH (p:Contact {contact_id: asked})
WITH p, datetime($as_of) AS t
RETURN p.contact_id AS contact_id,
  COLLECT {
    MATCH (p)-[w:WORKS_AT]->(c:Customer)
    WHERE {{stated_at w t}} AND {{seen_by_viewer w}}
    RETURN w {.fact_id, .source, .basis, .confidence, .method, .valid_from, .known_from, .evidence, .dismissed_by,
      .dismissed_at, .dismissed_why, kind: 'job', about: 'Customer:' + c.customer_id, value: w.title, seen: NULL}
  } + COLLECT {
    MATCH (p)-[r:HAS_ROLE]->(c:Customer {customer_id: $customer_id})
    WHERE {{stated_at r t}} AND {{seen_by_viewer r}}
    RETURN r {.fact_id, .source, .basis, .confidence, .method, .valid_from, .known_from, .evidence, .dismissed_by,
      .dismissed_at, .dismissed_why, kind: 'role', about: 'Customer:' + c.customer_id, value: r.role, seen: NULL}
  } + COLLECT {
    MATCH (p)-[h:HAS_ROLE]->(o:Opportunity {opportunity_id: $opportunity_id})
    WHERE {{stated_at h t}} AND {{seen_by_viewer h}}
    RETURN h {.fact_id, .source, .basis, .confidence, .method, .valid_from, .known_from, .evidence, .dismissed_by,
      .dismissed_at, .dismissed_why, kind: 'role', about: 'Opportunity:' + o.opportunity_id, value: h.role, seen: NULL}
  } + COLLECT {
    MATCH (p)-[l:REPORTS_TO]->(b:Contact)
    WHERE {{stated_at l t}} AND {{seen_by_viewer l}}
    RETURN l {.fact_id, .source, .basis, .confidence, .method, .valid_from, .known_from, .evidence, .dismissed_by,
      .dismissed_at, .dismissed_why, kind: 'reporting_line', about: 'Contact:' + p.contact_id, value: b.contact_id,
      seen: NULL}
  } + COLLECT {
    MATCH (p)<-[k:KNOWS]-(e:Employee)
    WHERE coalesce(e.active, true) AND {{seen_by_viewer k}}
    RETURN k {.fact_id, .source, .basis, .confidence, .method, .valid_from, .known_from, .evidence, .dismissed_by,
      .dismissed_at, .dismissed_why, .channels, .half_life_days, kind: 'tie', about: 'Employee:' + e.employee_id,
      value: e.employee_id, seen: k.last_at}
  } AS statements
ORDER BY contact_id
