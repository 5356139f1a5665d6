// name: day.leanings  params: customer_ids, since, as_of  access: read  sees: viewer
// The deals of these customers that were open at as_of or ended since a day, with the sum of how the people on each stood
// towards us, at its end or as_of; `lost` is null while it is open.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})<-[:FOR]-(o:Opportunity)
WITH o, c, datetime($as_of) AS t, datetime($since) AS s
WHERE {{in_scope c}} AND (o.opened_at IS NULL OR o.opened_at <= t) AND {{standing_at o t}}
WITH o, CASE WHEN o.closed_at <= t THEN o.closed_at ELSE t END AS moment, s, o.closed_at IS NOT NULL AND o.closed_at <= t AS ended
WHERE NOT ended AND (o.outcome IS NULL OR o.closed_at IS NOT NULL) OR ended AND moment > s AND o.outcome IN ['won', 'lost']
RETURN o.opportunity_id AS opportunity_id,
  CASE WHEN ended THEN o.outcome = 'lost' END AS lost,
  reduce(sum = 0, stance IN COLLECT {
    MATCH (:Contact)-[h:HAS_ROLE]->(o)
    WHERE h.stance IS NOT NULL AND {{true_at h moment}} AND {{seen_by_viewer h}}
    RETURN h.stance
  } | sum + stance) AS leaning
ORDER BY opportunity_id
