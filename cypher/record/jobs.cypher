// name: record.jobs  params: id, as_of, limit  access: read  sees: viewer
// Where a contact works or worked, with the title: names beside what is one's own. And the roles that the contact has at
// customers among the rows, and on their deals.
MATCH (p:Contact {contact_id: $id})
WITH p, datetime($as_of) AS t
MATCH (p)-[w:WORKS_AT]->(c:Customer)
WHERE {{known_at w t}} AND {{seen_by_viewer w}}
RETURN 'WORKS_AT' AS relation, 'Customer' AS kind, c.customer_id AS record_id, c.name AS name, w.title AS detail,
  NULL AS line, NULL AS quantity, NULL AS amount,
  w.valid_from AS since, w.valid_to AS until
ORDER BY record_id LIMIT $limit
UNION ALL
MATCH (p:Contact {contact_id: $id})
WITH p, datetime($as_of) AS t
MATCH (p)-[h:HAS_ROLE]->(d:Customer|Opportunity)
WHERE {{true_at h t}} AND {{seen_by_viewer h}} AND (d.opened_at IS NULL OR d.opened_at <= t)
  AND ({{in_scope d}} OR {{deal_in_scope d}})
RETURN 'HAS_ROLE' AS relation, labels(d)[0] AS kind, coalesce(d.customer_id, d.opportunity_id) AS record_id,
  d.name AS name, h.role AS detail, NULL AS line, NULL AS quantity, NULL AS amount,
  h.valid_from AS since, h.valid_to AS until
ORDER BY record_id LIMIT $limit
