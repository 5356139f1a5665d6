// name: demo.managers  params: basis  access: read  sees: company
// Today's reporting lines between contacts, stated or inferred.
MATCH (a:Contact)-[r:REPORTS_TO]->(b:Contact)
WHERE r.valid_to IS NULL AND r.known_to IS NULL AND r.basis = $basis AND {{seen_by_company r}}
RETURN a.contact_id AS contact_id, b.contact_id AS manager_id
