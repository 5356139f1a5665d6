// name: tie.participations  params: ids  access: read  sees: all
// One row per interaction: a moment as text and people as lists, for moments and maps are slow to unpack.
// By ids, for the embedded engine passes over all interactions for every range of time.
MATCH (i:Interaction)
WHERE i.interaction_id IN $ids
RETURN i.interaction_id AS interaction_id, toString(i.at) AS at, coalesce(i.channel, 'other') AS channel,
  COLLECT {
    MATCH (p:Contact|Employee)-[r:PARTICIPATED_IN]->(i) WHERE p.ended_at IS NULL
    RETURN [CASE WHEN p.employee_id IS NULL THEN 'Contact' ELSE 'Employee' END,
      coalesce(p.employee_id, p.contact_id), r.part]
  } AS people
