// name: snapshot.customer_versions  params: before  access: read  sees: company
// Versions of the source rows known before the moment; values is JSON text.
MATCH (r:SourceRecord)-[:RECORD_OF]->(n:Customer)
WHERE r.known_from < datetime($before)
RETURN n.customer_id AS customer_id, r.known_from.epochMillis AS known_from, r.known_to.epochMillis AS known_to, r.values AS values
