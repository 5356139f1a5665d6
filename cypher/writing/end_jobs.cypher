// name: writing.end_jobs  params: contact_id, customer_id, fact_ids, ended, left_at, begun, now, loaded_at, change  access: write  sees: viewer
// The jobs as they were known stay as history; beside them stands the same with an end, known from now on. Where a
// job elsewhere is known, it begins then.
// The contact is written before the jobs are read, so that of two statements at once the later one sees them ended.
MATCH (p:Contact {contact_id: $contact_id})
SET p.last_statement = $change.change_id
WITH p, datetime($now) AS t, datetime($loaded_at) AS wall, datetime($left_at) AS left_at
MATCH (c:Customer {customer_id: $customer_id})
WHERE NOT EXISTS { MATCH (:Change {change_id: $change.change_id}) }
MATCH (p)-[w:WORKS_AT]->(c)
WHERE w.fact_id IN $fact_ids AND {{true_at w t}} AND {{seen_by_viewer w}}
WITH p, c, t, wall, left_at, collect(w) AS jobs
WHERE size(jobs) = size($fact_ids)
CREATE (done:Change {change_id: $change.change_id})
SET done += $change, done.at = t, done.loaded_at = wall
FOREACH (w IN jobs | SET w.known_to = t, w.reason = 'ended by a user')
WITH p, c, t, wall, left_at
CALL (p, t, wall, left_at) {
  UNWIND $begun AS job
  MATCH (x:Customer {customer_id: job.customer_id})
  MERGE (p)-[n:WORKS_AT {fact_id: job.props.fact_id}]->(x)
  SET n += job.props, n.valid_from = left_at, n.known_from = t, n.loaded_at = wall
  RETURN count(*) AS jobs_begun
}
UNWIND $ended AS job
MERGE (p)-[n:WORKS_AT {fact_id: job.props.fact_id}]->(c)
SET n += job.props, n.valid_from = datetime(job.valid_from), n.valid_to = left_at, n.known_from = t,
  n.loaded_at = wall
RETURN n.fact_id AS id
