// name: snapshot.participations  params: since, before  access: read  sees: company
// Contacts in interactions in [since, before).
MATCH (p:Contact)-[:PARTICIPATED_IN]->(i:Interaction)
WHERE i.at >= datetime($since) AND i.at < datetime($before) AND {{seen_by_company i}}
  AND (i.ended_at IS NULL OR i.ended_at > datetime($before))
RETURN i.interaction_id AS interaction_id, p.contact_id AS person_id, 'contact' AS side
