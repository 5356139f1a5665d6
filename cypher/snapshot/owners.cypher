// name: snapshot.owners  params: before  access: read  sees: company
// Who of us owned which account, as far as known before the moment.
MATCH (e:Employee)-[r:OWNS]->(c:Customer)
WHERE r.valid_from < datetime($before) AND (r.known_from IS NULL OR r.known_from < datetime($before)) AND {{seen_by_company r}}
RETURN e.employee_id AS employee_id, c.customer_id AS customer_id,
  r.valid_from.epochMillis AS valid_from, r.valid_to.epochMillis AS valid_to,
  r.known_from.epochMillis AS known_from, r.known_to.epochMillis AS known_to
