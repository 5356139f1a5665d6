// name: figure.talks  params: id, since, until, as_of, theirs, limit  access: read  sees: viewer
// Interactions after `since` and until `until` that all of us may see, with a customer itself or with whoever worked
// there then, newest first. $theirs: those that its people began by mail, message, call or in person.
MATCH (c:Customer {customer_id: $id})
WITH c, datetime($since) AS s, datetime($until) AS u, datetime($as_of) AS t WHERE {{in_scope c}}
MATCH (c)<-[:FOR]-(n:Interaction)
WHERE n.at > s AND n.at <= u AND n.at <= t AND {{standing_at n t}} AND {{seen_by_company n}}
  AND (NOT $theirs OR n.direction = 'inbound' AND NOT n.channel IN ['web', 'campaign', 'survey', 'other'])
RETURN 'Interaction' AS kind, n.interaction_id AS record_id, n.at AS at
ORDER BY at DESC, record_id DESC LIMIT $limit
UNION ALL
MATCH (c:Customer {customer_id: $id})
WITH c, datetime($since) AS s, datetime($until) AS u, datetime($as_of) AS t WHERE {{in_scope c}}
MATCH (c)<-[w:WORKS_AT]-(:Contact)-[p:PARTICIPATED_IN]->(n:Interaction)
WHERE {{known_at w t}} AND {{seen_by_company w}} AND n.at > s AND n.at <= u AND n.at <= t AND {{standing_at n t}}
  AND {{seen_by_company n}} AND n.at >= w.valid_from AND (w.valid_to IS NULL OR n.at < w.valid_to) AND ({{talk_in_scope n t}})
  AND (NOT $theirs OR (p.part = 'from' OR n.direction = 'inbound')
    AND NOT n.channel IN ['web', 'campaign', 'survey', 'other'])
WITH DISTINCT n
RETURN 'Interaction' AS kind, n.interaction_id AS record_id, n.at AS at
ORDER BY at DESC, record_id DESC LIMIT $limit
