// name: relationship.levels  params: customer_id, as_of  access: read  sees: viewer
// What employees had judged of a customer and of who works there, each with when and by whom.
MATCH (c:Customer {customer_id: $customer_id})
WITH c, datetime($as_of) AS t
WHERE {{in_scope c}}
RETURN 'Customer:' + c.customer_id AS subject, c.name AS name,
  COLLECT {
    MATCH (c)<-[r:RELATIONSHIP]-(e:Employee)
    WHERE {{known_at r t}} AND {{seen_by_viewer r}}
    RETURN {current: r.current, wanted: r.wanted, since: r.valid_from, until: r.valid_to, by: e.employee_id,
      why: r.reason}
  } AS statements
UNION ALL
MATCH (c:Customer {customer_id: $customer_id})
WITH c, datetime($as_of) AS t
WHERE {{in_scope c}}
MATCH (c)<-[w:WORKS_AT]-(p:Contact)
WHERE {{true_at w t}} AND {{seen_by_viewer w}}
WITH DISTINCT p, t
RETURN 'Contact:' + p.contact_id AS subject, p.name AS name,
  COLLECT {
    MATCH (p)<-[k:RELATIONSHIP]-(e:Employee)
    WHERE {{known_at k t}} AND {{seen_by_viewer k}}
    RETURN {current: k.current, wanted: k.wanted, since: k.valid_from, until: k.valid_to, by: e.employee_id,
      why: k.reason}
  } AS statements
