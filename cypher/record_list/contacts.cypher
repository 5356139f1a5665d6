// name: record_list.contacts  params: ids, customer_ids, everyone, as_of  access: read  sees: viewer
// Contacts as a list shows them: with the newest job, at one of these customers unless everyone is asked for, and when
// anybody last was in touch.
UNWIND $ids AS asked
MATCH (p:Contact {contact_id: asked})
WITH p, datetime($as_of) AS t
RETURN p {.contact_id, .name, .email, .phone, .mobile} AS record,
  COLLECT {
    MATCH (p)-[w:WORKS_AT]->(c:Customer)
    WHERE ($everyone OR c.customer_id IN $customer_ids) AND {{in_scope c}} AND {{true_at w t}} AND {{seen_by_viewer w}}
    RETURN {customer_id: c.customer_id, customer_name: c.name, title: w.title, department: w.department,
      seniority: w.seniority, since: w.valid_from}
    ORDER BY w.valid_from DESC, c.customer_id LIMIT 1
  } AS jobs,
  COLLECT {
    MATCH (p)-[:PARTICIPATED_IN]->(i:Interaction) WHERE i.at <= t AND {{standing_at i t}} AND {{seen_by_viewer i}} AND {{talk_in_scope i t}}
    RETURN i.at ORDER BY i.at DESC LIMIT 1
  } AS met
ORDER BY record.contact_id
