// name: snapshot.opportunities  params: before  access: read  sees: company
// Opportunities opened before the moment.
MATCH (o:Opportunity)-[:FOR]->(c:Customer)
WHERE o.opened_at < datetime($before) AND (o.ended_at IS NULL OR o.ended_at > datetime($before))
RETURN o.opportunity_id AS opportunity_id, c.customer_id AS customer_id, o.outcome AS outcome,
  o.opened_at.epochMillis AS opened_at, o.closed_at.epochMillis AS closed_at
