// name: journey.peers  params: customer_id, segment_id, as_of, limit, alike  access: read  sees: viewer
// Other customers in the order of their ids: those of a segment, of the same industry, or any, as $alike says.
MATCH (c:Customer {customer_id: $customer_id})
WITH c, datetime($as_of) AS t
MATCH (d:Customer)
WHERE d.customer_id <> c.customer_id AND {{in_scope c}} AND {{in_scope d}} AND {{standing_at d t}}
  AND ($alike = 'any' OR $alike = 'industry' AND d.industry = c.industry OR $alike = 'segment' AND EXISTS {
    MATCH (d)-[m:IN_SEGMENT]->(s:Segment {segment_id: $segment_id})
    WHERE {{true_at m t}} AND {{seen_by_viewer m}}
  })
OPTIONAL MATCH (x:Segment {segment_id: $segment_id})
RETURN d.customer_id AS customer_id, CASE $alike WHEN 'segment' THEN x.name ELSE d.industry END AS group
ORDER BY customer_id
LIMIT $limit
