// name: tie.participations  params: start, end  access: read
// Interactions that only their owner or team may see tie nobody: a tie is as visible as what it rests on.
MATCH (i:Interaction)
WHERE i.at >= datetime($start) AND i.at < datetime($end) AND coalesce(i.visibility, 'company') = 'company'
MATCH (p:Contact|Employee)-[r:PARTICIPATED_IN]->(i)
RETURN i.interaction_id AS interaction_id, i.at AS at, coalesce(i.channel, 'other') AS channel,
  CASE WHEN p.employee_id IS NULL THEN 'Contact' ELSE 'Employee' END AS kind,
  coalesce(p.employee_id, p.contact_id) AS person_id, r.part AS part
