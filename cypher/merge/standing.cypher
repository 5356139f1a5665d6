// name: merge.standing  params: kind  access: read  sees: all
// The open candidates of a kind, by the pair of their ids.
MATCH (a:Customer|Contact)-[r:MAY_BE_SAME_AS]->(b:Customer|Contact)
WHERE labels(a)[0] = $kind AND r.valid_to IS NULL AND r.known_to IS NULL
WITH r, coalesce(a.customer_id, a.contact_id) AS start, coalesce(b.customer_id, b.contact_id) AS end
RETURN r.fact_id AS fact_id, start, end, CASE WHEN start < end THEN start + '|' + end ELSE end + '|' + start END AS pair
