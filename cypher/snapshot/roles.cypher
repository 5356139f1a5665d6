// name: snapshot.roles  params: before  access: read  sees: company
// Stated decision roles, on the customer or on one of its opportunities; inferred ones are caches of today.
MATCH (p:Contact)-[r:HAS_ROLE]->(t:Opportunity)-[:FOR]->(c:Customer)
WHERE r.valid_from < datetime($before) AND (r.known_from IS NULL OR r.known_from < datetime($before)) AND r.basis <> 'inferred'
  AND {{seen_by_company r}}
RETURN p.contact_id AS contact_id, c.customer_id AS customer_id, r.role AS role, r.stance AS stance,
  r.influence AS influence, r.valid_from.epochMillis AS valid_from, r.valid_to.epochMillis AS valid_to,
  r.known_from.epochMillis AS known_from, r.known_to.epochMillis AS known_to
UNION ALL
MATCH (p:Contact)-[r:HAS_ROLE]->(c:Customer)
WHERE r.valid_from < datetime($before) AND (r.known_from IS NULL OR r.known_from < datetime($before)) AND r.basis <> 'inferred'
  AND {{seen_by_company r}}
RETURN p.contact_id AS contact_id, c.customer_id AS customer_id, r.role AS role, r.stance AS stance,
  r.influence AS influence, r.valid_from.epochMillis AS valid_from, r.valid_to.epochMillis AS valid_to,
  r.known_from.epochMillis AS known_from, r.known_to.epochMillis AS known_to
