// name: customer_list.count  params: as_of, lists, limit  access: read  sees: viewer  slots: condition
// How many customers answer to a condition, counted up to `limit`.
MATCH (c:Customer)
WITH c, datetime($as_of) AS t
WHERE {{standing_at c t}}
OPTIONAL MATCH (f:Profile {customer_id: c.customer_id})
WITH c, f, t,
  CASE WHEN 'owners' IN $lists THEN {{owners c t}} ELSE [] END AS owners,
  CASE WHEN 'teams' IN $lists THEN {{teams c t}} ELSE [] END AS teams,
  CASE WHEN 'tags' IN $lists THEN {{tags c t}} ELSE [] END AS tags,
  CASE WHEN 'segments' IN $lists THEN {{segments c t}} ELSE [] END AS segments,
  CASE WHEN 'churn_bands' IN $lists THEN {{churn_bands c t}} ELSE [] END AS churn_bands
WHERE {{condition}}
WITH c LIMIT $limit
RETURN count(*) AS customers
