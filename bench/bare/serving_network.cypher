// People, deals and companies around a customer, and the lines between them.
MATCH (c:Customer {customer_id: $customer})
WITH c, datetime($as_of) AS t
RETURN c {.customer_id, .name,
  contacts: COLLECT {
    MATCH (c)<-[w:WORKS_AT]-(p:Contact)
    WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
    RETURN p {.contact_id, .name,
      deals: COLLECT {
        MATCH (p)-[r:HAS_ROLE]->(o:Opportunity)-[:FOR]->(c)
        WHERE r.valid_from <= t AND (r.valid_to IS NULL OR r.valid_to > t)
        RETURN o.opportunity_id
      },
      links: COLLECT {
        MATCH (p)-[r:REPORTS_TO|INFLUENCES|CONFLICTS_WITH]->(q:Contact)
        WHERE r.valid_from <= t AND (r.valid_to IS NULL OR r.valid_to > t)
        RETURN {kind: type(r), to: q.contact_id}
      },
      ties: COLLECT {
        MATCH (p)<-[k:KNOWS]-(e:Employee)
        RETURN e {.employee_id, .name, strength: k.strength}
        ORDER BY k.strength DESC, e.employee_id
        LIMIT 5
      }}
    ORDER BY p.name, p.contact_id
    LIMIT 100
  },
  owners: COLLECT {
    MATCH (c)<-[w:OWNS]-(e:Employee)
    WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
    RETURN e {.employee_id, .name}
  },
  deals: COLLECT {
    MATCH (c)<-[:FOR]-(o:Opportunity)
    WHERE o.opened_at <= t AND (o.closed_at IS NULL OR o.closed_at > t)
    RETURN o {.opportunity_id, .name}
  },
  related: COLLECT {
    MATCH (c)-[w:PARENT_OF|PARTNER_OF]-(o:Customer)
    WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
    RETURN o {.customer_id, .name, kind: type(w)}
  }} AS answer
