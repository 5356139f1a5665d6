// name: record.people  params: id, as_of, limit  access: read  sees: viewer
// Who took part in an interaction, and how.
MATCH (i:Interaction {interaction_id: $id})
WITH i, datetime($as_of) AS t
WHERE {{seen_by_viewer i}} AND {{talk_in_scope i t}}
MATCH (i)<-[r:PARTICIPATED_IN]-(m:Contact|Employee)
RETURN 'PARTICIPATED_IN' AS relation, labels(m)[0] AS kind, coalesce(m.contact_id, m.employee_id) AS record_id,
  m.name AS name, r.part AS detail, NULL AS line, NULL AS quantity, NULL AS amount
ORDER BY record_id LIMIT $limit
