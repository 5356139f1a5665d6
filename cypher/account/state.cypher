// name: account.state  params: customer_id, as_of  access: read  sees: viewer
// Who worked at a customer as of a moment, in which roles, who reported to whom as stated, and who of us owned it.
MATCH (c:Customer {customer_id: $customer_id})
WITH c, datetime($as_of) AS t
WHERE {{in_scope c}}
RETURN COLLECT {
    MATCH (c)<-[w:WORKS_AT]-(p:Contact)
    WHERE {{true_at w t}} AND {{seen_by_viewer w}}
    RETURN p {.contact_id, .name, title: w.title, since: w.valid_from}
    ORDER BY w.valid_from, w.fact_id
  } AS staff,
  COLLECT {
    MATCH (c)<-[r:HAS_ROLE]-(p:Contact)
    WHERE {{true_at r t}} AND {{seen_by_viewer r}}
    RETURN r {.role, .stance, .basis, .valid_from, .known_from, scope: 'customer', contact_id: p.contact_id,
      name: p.name, target: 'Customer:' + c.customer_id}
  } + COLLECT {
    MATCH (c)<-[:FOR]-(o:Opportunity)
    WHERE (o.opened_at IS NULL OR o.opened_at <= t)
    MATCH (o)<-[r:HAS_ROLE]-(p:Contact)
    WHERE {{true_at r t}} AND {{seen_by_viewer r}}
    RETURN r {.role, .stance, .basis, .valid_from, .known_from, scope: 'opportunity', contact_id: p.contact_id,
      name: p.name, target: 'Opportunity:' + o.opportunity_id}
  } AS roles,
  COLLECT {
    MATCH (c)<-[w:WORKS_AT]-(p:Contact)
    WHERE {{true_at w t}} AND {{seen_by_viewer w}}
    MATCH (p)-[r:REPORTS_TO]->(m:Contact)
    WHERE r.basis <> 'inferred' AND {{true_at r t}} AND {{seen_by_viewer r}}
    RETURN DISTINCT {contact_id: p.contact_id, name: p.name, superior_id: m.contact_id, superior: m.name,
      basis: r.basis}
  } AS lines,
  COLLECT {
    MATCH (c)<-[w:OWNS]-(e:Employee)
    WHERE {{true_at w t}} AND {{seen_by_viewer w}}
    RETURN DISTINCT e {.employee_id, .name}
  } AS owners,
  {{newest_churn c t}} AS risk
