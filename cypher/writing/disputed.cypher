// name: writing.disputed  params: contact_id, fact_id, now  access: read  sees: viewer
// A role or a reporting line of a contact that stands, with what it says.
MATCH (p:Contact {contact_id: $contact_id})-[r:HAS_ROLE|REPORTS_TO]->(x)
WITH p, r, x, datetime($now) AS t
WHERE r.fact_id = $fact_id AND {{stated_at r t}} AND {{seen_by_viewer r}}
  AND (type(r) = 'REPORTS_TO' OR {{in_scope x}} OR {{deal_in_scope x}})
RETURN type(r) AS kind, r.role AS role, r.stance AS stance, r.influence AS influence, x.customer_id AS customer_id,
  x.opportunity_id AS opportunity_id, x.contact_id AS superior_id
