// name: relationship.stances  params: customer_id, as_of  access: read  sees: viewer
// Every part in decisions of a customer that was stated by as_of, also those that had ended or been dismissed.
MATCH (c:Customer {customer_id: $customer_id})
WITH c, datetime($as_of) AS t
WHERE {{in_scope c}}
MATCH (c)<-[r:HAS_ROLE]-(p:Contact)
WHERE {{known_at r t}} AND {{seen_by_viewer r}}
RETURN p.contact_id AS contact_id, p.name AS name, 'Customer:' + c.customer_id AS about, r.fact_id AS fact_id,
  r.role AS role, r.stance AS stance, r.influence AS influence, r.basis AS basis, r.source AS source,
  r.valid_from AS since, r.valid_to AS until, r.dismissed_at AS dismissed_at
UNION ALL
MATCH (c:Customer {customer_id: $customer_id})
WITH c, datetime($as_of) AS t
WHERE {{in_scope c}}
MATCH (c)<-[:FOR]-(o:Opportunity)
WHERE (o.opened_at IS NULL OR o.opened_at <= t)
MATCH (o)<-[r:HAS_ROLE]-(p:Contact)
WHERE {{known_at r t}} AND {{seen_by_viewer r}}
RETURN p.contact_id AS contact_id, p.name AS name, 'Opportunity:' + o.opportunity_id AS about, r.fact_id AS fact_id,
  r.role AS role, r.stance AS stance, r.influence AS influence, r.basis AS basis, r.source AS source,
  r.valid_from AS since, r.valid_to AS until, r.dismissed_at AS dismissed_at
