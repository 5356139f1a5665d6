// name: search.contacts  params: ids  access: read  sees: all
// What contacts are found by. Companies are those of jobs that everybody may see; `open` says whether there is one.
UNWIND $ids AS asked
MATCH (n:Contact {contact_id: asked})
RETURN n.contact_id AS id, n.name AS name, n.email AS email, n.phone AS phone, n.mobile AS mobile,
  n.other_emails AS other_emails, n.other_phones AS other_phones, n.other_mobiles AS other_mobiles,
  COLLECT { MATCH (n)-[w:WORKS_AT]->(c:Customer) WHERE {{seen_by_company w}} RETURN DISTINCT c.name LIMIT 5 } AS companies
