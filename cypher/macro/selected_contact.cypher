// macro: selected_contact  arguments: person, job, customer, moment  params: text, seniorities, departments, contact_tag, silent_since
// Somebody with a job at the customer at the moment, as far as the viewer may see it, who answers to the filter; what is
// null, or a list that is empty, narrows nothing. `silent_since`: in no talk among the rows of whoever
// asks was anybody in touch with the person since.
{{true_at job moment}} AND {{seen_by_viewer job}} AND {{standing_at person moment}} AND {{standing_at customer moment}}
AND ($text IS NULL OR toLower(person.name) CONTAINS $text OR toLower(job.title) CONTAINS $text)
AND (size($seniorities) = 0 OR job.seniority IN $seniorities)
AND (size($departments) = 0 OR job.department IN $departments)
AND ($contact_tag IS NULL OR EXISTS {
  MATCH (person)-[tagged:TAGGED]->(label:Tag)
  WHERE (label.tag_id = $contact_tag OR label.name = $contact_tag) AND {{true_at tagged moment}}
    AND {{seen_by_viewer tagged}} })
AND ($silent_since IS NULL OR NOT EXISTS {
  MATCH (person)-[:PARTICIPATED_IN]->(met:Interaction)
  WHERE met.at > datetime($silent_since) AND met.at <= moment AND {{standing_at met moment}} AND {{seen_by_viewer met}} AND {{talk_in_scope met moment}} })
