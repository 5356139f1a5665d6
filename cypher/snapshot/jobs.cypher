// name: snapshot.jobs  params: before  access: read  sees: company
// Who worked where, as far as known before the moment.
MATCH (p:Contact)-[r:WORKS_AT]->(c:Customer)
WHERE r.valid_from < datetime($before) AND (r.known_from IS NULL OR r.known_from < datetime($before)) AND {{seen_by_company r}}
RETURN p.contact_id AS contact_id, c.customer_id AS customer_id, r.seniority AS seniority,
  r.valid_from.epochMillis AS valid_from, r.valid_to.epochMillis AS valid_to,
  r.known_from.epochMillis AS known_from, r.known_to.epochMillis AS known_to
