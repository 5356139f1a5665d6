// name: completeness.deal  params: opportunity_id, as_of  access: read  sees: viewer
// What tells of which type a deal is: as its source calls it, and whether the customer had bought anything before the
// deal was opened.
MATCH (o:Opportunity {opportunity_id: $opportunity_id})-[:FOR]->(c:Customer)
WITH o, c, coalesce(o.opened_at, datetime($as_of)) AS opened, datetime($as_of) AS t
WHERE {{in_scope c}}
RETURN o.x_deal_type AS stated,
  EXISTS { MATCH (c)-[:PLACED]->(a:Order) WHERE a.ordered_at < opened AND a.kind = 'sale' AND {{standing_at a t}} }
  OR EXISTS { MATCH (c)<-[:FOR]-(w:Opportunity) WHERE w.outcome = 'won' AND w.closed_at < opened
    AND {{standing_at w t}} } AS bought
LIMIT 1
