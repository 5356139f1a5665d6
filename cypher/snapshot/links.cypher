// name: snapshot.links  params: before  access: read  sees: company
// Links between companies, as far as known before the moment.
MATCH (a:Customer)-[r:PARENT_OF|PARTNER_OF|REFERRED]->(b:Customer)
WHERE r.valid_from < datetime($before) AND (r.known_from IS NULL OR r.known_from < datetime($before)) AND {{seen_by_company r}}
RETURN toLower(type(r)) AS kind, a.customer_id AS start_id, b.customer_id AS end_id,
  r.valid_from.epochMillis AS valid_from, r.valid_to.epochMillis AS valid_to,
  r.known_from.epochMillis AS known_from, r.known_to.epochMillis AS known_to
