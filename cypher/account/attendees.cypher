// name: account.attendees  params: attendees, customer_id, as_of  access: read  sees: viewer
// Of people by their id or a source's the job at a customer, our strongest tie to them, and when anybody last met them.
UNWIND $attendees AS one
OPTIONAL MATCH (direct:Contact {contact_id: one.id})
OPTIONAL MATCH (a:Alias {alias_id: one.alias_id})-[:ALIAS_OF]->(other:Contact)
WITH one, coalesce(direct, other) AS p, datetime($as_of) AS t
WHERE p IS NOT NULL AND {{contact_seen p t}} AND {{contact_in_scope p t}}
RETURN one.asked AS asked, p.contact_id AS contact_id, p.name AS name,
  COLLECT {
    MATCH (p)-[w:WORKS_AT]->(c:Customer {customer_id: $customer_id})
    WHERE {{true_at w t}} AND {{seen_by_viewer w}}
    RETURN w.title ORDER BY w.valid_from DESC, w.fact_id LIMIT 1
  } AS titles,
  COLLECT {
    MATCH (p)-[w:WORKS_AT]->(c:Customer {customer_id: $customer_id})
    WHERE {{true_at w t}} AND {{seen_by_viewer w}}
    RETURN w.fact_id LIMIT 1
  } AS jobs,
  COLLECT {
    MATCH (p)<-[k:KNOWS]-(e:Employee)
    WHERE coalesce(e.active, true) AND {{seen_by_viewer k}}
    WITH e, k, {{strength k t}} AS strength
    RETURN e {.employee_id, .name, .email, .team, .role, strength: strength}
    ORDER BY strength DESC, e.employee_id LIMIT 1
  } AS ties,
  COLLECT {
    MATCH (p)-[:PARTICIPATED_IN]->(i:Interaction)
    WHERE i.at <= t AND {{standing_at i t}} AND {{seen_by_viewer i}}
    RETURN i.at ORDER BY i.at DESC LIMIT 1
  } AS met
