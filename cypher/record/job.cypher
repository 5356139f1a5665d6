// name: record.job  params: id, as_of  access: read  sees: viewer
// A job by the id of its fact, as evidence names it: of a contact of whom the viewer may see anything. No index leads to
// a fact, so every job is passed by.
MATCH (p:Contact)-[w:WORKS_AT]->(c:Customer)
WHERE w.fact_id = $id
WITH p, w, c, datetime($as_of) AS t
WHERE {{known_at w t}} AND {{seen_by_viewer w}} AND {{contact_in_scope p t}}
RETURN w {.title, .department, .seniority, .basis, .source, .confidence, .valid_from, .valid_to} AS job,
  p.contact_id AS contact_id, p.name AS contact_name, c.customer_id AS customer_id, c.name AS customer_name
LIMIT 1
