// fragment: record_list.contact_line  params: customer_ids, everyone, details
// A contact as a list shows it: with the newest job, at one of these customers unless everyone is asked for, and, of
// $details, when anybody last was in touch.
r {.contact_id, .name, .email, .phone, .mobile} AS record,
COLLECT {
  MATCH (r)-[w:WORKS_AT]->(c:Customer)
  WHERE ($everyone OR c.customer_id IN $customer_ids) AND {{in_scope c}} AND {{true_at w t}} AND {{seen_by_viewer w}}
  RETURN {customer_id: c.customer_id, customer_name: c.name, title: w.title, department: w.department,
    seniority: w.seniority, since: w.valid_from}
  ORDER BY w.valid_from DESC, c.customer_id LIMIT 1
} AS jobs,
CASE WHEN $details THEN COLLECT {
  MATCH (r)-[:PARTICIPATED_IN]->(i:Interaction) WHERE i.at <= t AND {{standing_at i t}} AND {{seen_by_viewer i}} AND {{talk_in_scope i t}}
  RETURN i.at ORDER BY i.at DESC LIMIT 1
} ELSE [] END AS met
