// name: snapshot.participations  params: before  access: read
// Contacts in interactions before the moment.
MATCH (p:Contact)-[:PARTICIPATED_IN]->(i:Interaction)
WHERE i.at < datetime($before)
RETURN i.interaction_id AS interaction_id, p.contact_id AS person_id, 'contact' AS side
