// name: path.describe  params: employee_ids, contact_ids, as_of  access: read
WITH datetime($as_of) AS t
RETURN
  COLLECT { MATCH (e:Employee) WHERE e.employee_id IN $employee_ids
    RETURN {person_id: e.employee_id, name: e.name, title: e.role} } AS employees,
  COLLECT { MATCH (p:Contact) WHERE p.contact_id IN $contact_ids
    RETURN p {person_id: p.contact_id, .name,
      jobs: COLLECT { MATCH (p)-[w:WORKS_AT]->(c:Customer)
        WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
          AND coalesce(w.known_from, w.valid_from) <= t AND (w.known_to IS NULL OR w.known_to > t)
        RETURN {title: w.title, customer_id: c.customer_id, company: c.name, since: w.valid_from} }} } AS contacts
