// name: day.leanings  params: customer_ids, since, as_of  access: read  sees: viewer
// The deals of these customers that were open at as_of or ended since a day, with the roles that were stated of people on
// each, and the jobs of these at the customer, at its end or as_of; `lost` is null while it is open.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})<-[:FOR]-(o:Opportunity)
WITH o, c, datetime($as_of) AS t, datetime($since) AS s
WHERE {{in_scope c}} AND (o.opened_at IS NULL OR o.opened_at <= t) AND {{standing_at o t}}
WITH o, CASE WHEN o.closed_at <= t THEN o.closed_at ELSE t END AS moment, s, o.closed_at IS NOT NULL AND o.closed_at <= t AS ended
WHERE NOT ended AND (o.outcome IS NULL OR o.closed_at IS NOT NULL) OR ended AND moment > s AND o.outcome IN ['won', 'lost']
RETURN o.opportunity_id AS opportunity_id, moment AS moment,
  CASE WHEN ended THEN o.outcome = 'lost' END AS lost,
  COLLECT {
    MATCH (p:Contact)-[h:HAS_ROLE]->(o)
    WHERE h.basis <> 'inferred' AND {{true_at h moment}} AND {{seen_by_viewer h}}
    RETURN h {.role, .stance, .basis, .valid_from, .known_from, contact_id: p.contact_id, scope: 'opportunity'}
  } AS roles,
  COLLECT {
    MATCH (p:Contact)-[h:HAS_ROLE]->(o) MATCH (p)-[w:WORKS_AT]->(c)
    WHERE {{true_at h moment}} AND {{seen_by_viewer h}} AND {{known_at w moment}} AND {{seen_by_viewer w}}
    RETURN {contact_id: p.contact_id, valid_to: w.valid_to}
  } AS jobs
ORDER BY opportunity_id
