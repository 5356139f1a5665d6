// name: tie.of_people  params: ids, as_of  access: read  sees: viewer  slots: label, key
// The interactions of these people up to the moment that everybody may see, with all who took part and were there.
UNWIND $ids AS asked
MATCH (n:{{label}} { {{key}}: asked})-[:PARTICIPATED_IN]->(i:Interaction)
WITH i, datetime($as_of) AS t
WHERE i.at <= t AND {{standing_at i t}} AND {{seen_by_company i}}
WITH DISTINCT i, t
RETURN i.interaction_id AS interaction_id, toString(i.at) AS at, coalesce(i.channel, 'other') AS channel,
  COLLECT {
    MATCH (p:Contact|Employee)-[r:PARTICIPATED_IN]->(i)
    WHERE {{standing_at p t}}
    RETURN [CASE WHEN p.employee_id IS NULL THEN 'Contact' ELSE 'Employee' END,
      coalesce(p.employee_id, p.contact_id), r.part, CASE WHEN p.employee_id IS NULL THEN NULL ELSE p {.employee_id, .name, .email, .team, .role, .active} END]
  } AS people
