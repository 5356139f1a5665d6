// name: tie.participations  params: start, end  access: read
// One row per interaction: a moment as text and people as lists, for moments and maps are slow to unpack.
// Interactions that only their owner or team may see tie nobody: a tie is as visible as what it rests on.
MATCH (i:Interaction)
WHERE i.at >= datetime($start) AND i.at < datetime($end) AND coalesce(i.visibility, 'company') = 'company'
RETURN i.interaction_id AS interaction_id, toString(i.at) AS at, coalesce(i.channel, 'other') AS channel,
  COLLECT {
    MATCH (p:Contact|Employee)-[r:PARTICIPATED_IN]->(i)
    RETURN [CASE WHEN p.employee_id IS NULL THEN 'Contact' ELSE 'Employee' END,
      coalesce(p.employee_id, p.contact_id), r.part]
  } AS people
