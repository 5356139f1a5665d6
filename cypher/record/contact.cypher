// name: record.contact  params: id, as_of  access: read  sees: viewer
// The values of a contact of whom the viewer may see anything: a job, a role, a tie, an interaction or a ticket.
MATCH (n:Contact {contact_id: $id})
WITH n, datetime($as_of) AS t
WHERE EXISTS { MATCH (n)-[w:WORKS_AT]->(:Customer) WHERE {{known_at w t}} AND {{seen_by_viewer w}} }
  OR EXISTS { MATCH (n)-[h:HAS_ROLE]->(:Customer|Opportunity) WHERE {{known_at h t}} AND {{seen_by_viewer h}} }
  OR EXISTS { MATCH (n)-[k:KNOWS]-(:Contact|Employee) WHERE {{seen_by_viewer k}} }
  OR EXISTS { MATCH (n)-[:PARTICIPATED_IN]->(i:Interaction) WHERE i.at <= t AND {{seen_by_viewer i}} }
  OR EXISTS { MATCH (n)<-[:RAISED_BY]-(:Ticket) }
RETURN properties(n) AS props
