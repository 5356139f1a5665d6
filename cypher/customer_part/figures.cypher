// fragment: customer_part.figures  params: parts
// Its profile, as the last derive left it.
CASE WHEN 'figures' IN $parts THEN COLLECT {
  MATCH (f:Profile {customer_id: c.customer_id})
  RETURN properties(f)
} END AS figures
