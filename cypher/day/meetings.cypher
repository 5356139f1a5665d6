// name: day.meetings  params: employee_id, begin, until, as_of  access: read  sees: viewer
// Meetings, visits and calls of the employee from `begin` until `until`, with who of the other side takes part: title
// and company of the job, roles, and whether any of us had been in touch before.
MATCH (e:Employee {employee_id: $employee_id})-[:PARTICIPATED_IN]->(i:Interaction)
WHERE i.at >= datetime($begin) AND i.at < datetime($until) AND i.channel IN ['meeting', 'visit', 'call']
  AND {{seen_by_viewer i}}
WITH i, datetime($as_of) AS t
WHERE {{standing_at i t}}
RETURN i.interaction_id AS interaction_id, i.at AS at, i.channel AS channel, i.subject AS subject,
  COLLECT {
    MATCH (p:Contact)-[:PARTICIPATED_IN]->(i)
    RETURN p {.contact_id, .name,
      jobs: COLLECT {
        MATCH (p)-[w:WORKS_AT]->(c:Customer) WHERE {{true_at w t}} AND {{seen_by_viewer w}}
        RETURN {title: w.title, customer_id: c.customer_id, customer_name: c.name}
        ORDER BY w.valid_from DESC, c.customer_id },
      roles: COLLECT {
        MATCH (p)-[h:HAS_ROLE]->(:Customer|Opportunity) WHERE {{true_at h t}} AND {{seen_by_viewer h}}
          AND {{contact_in_scope p t}}
        RETURN DISTINCT h.role ORDER BY h.role },
      met: EXISTS {
        MATCH (p)-[:PARTICIPATED_IN]->(b:Interaction)<-[:PARTICIPATED_IN]-(:Employee)
        WHERE b.at < datetime($begin) AND {{standing_at b t}} AND {{seen_by_viewer b}} } }
    ORDER BY p.contact_id
  } AS attendees
ORDER BY i.at, interaction_id
