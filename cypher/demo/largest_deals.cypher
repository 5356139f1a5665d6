// name: demo.largest_deals  params: first  access: read  sees: company
// Open opportunities of scored customers, largest first.
MATCH (o:Opportunity)-[:FOR]->(c:Customer)
WHERE o.ended_at IS NULL AND o.closed_at IS NULL AND o.outcome IS NULL AND o.amount IS NOT NULL
  AND EXISTS { (c)-[:SCORED]->(:RiskScore) }
RETURN o.opportunity_id AS opportunity_id, c.customer_id AS customer_id, o.amount AS amount
ORDER BY amount DESC, opportunity_id
LIMIT $first
