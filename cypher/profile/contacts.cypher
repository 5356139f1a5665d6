// name: profile.contacts  params: customer_ids, as_of, viewer, limit  access: read
// Who works at each of several customers.
UNWIND $customer_ids AS asked
MATCH (c:Customer {customer_id: asked})
WITH c, datetime($as_of) AS t
RETURN c.customer_id AS customer_id,
  COLLECT {
    MATCH (p:Contact)-[w:WORKS_AT]->(c)
    WHERE w.valid_from <= t AND (w.valid_to IS NULL OR w.valid_to > t)
      AND coalesce(w.known_from, w.valid_from) <= t AND (w.known_to IS NULL OR w.known_to > t)
      AND (coalesce(w.visibility, 'company') = 'company' OR w.owner_id = $viewer)
    RETURN p {.contact_id, .name, .email, .phone, .mobile, title: w.title, department: w.department,
      seniority: w.seniority, since: w.valid_from, basis: w.basis, confidence: w.confidence}
    ORDER BY p.name, p.contact_id
    LIMIT $limit
  } AS contacts
