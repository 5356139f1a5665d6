// name: snapshot.interactions  params: since, before  access: read  sees: company
// Interactions in [since, before), with the customer they are filed under, if any.
MATCH (i:Interaction)
WHERE i.at >= datetime($since) AND i.at < datetime($before) AND {{seen_by_company i}}
  AND (i.ended_at IS NULL OR i.ended_at > datetime($before))
OPTIONAL MATCH (i)-[:FOR]->(c:Customer)
RETURN i.interaction_id AS interaction_id, c.customer_id AS customer_id, i.channel AS channel,
  i.direction AS direction, i.at.epochMillis AS at
