// name: writing.consent  params: contact_id, purpose_id, channel, fact, at, until, withdraws, now, loaded_at, change  access: write  sees: viewer
// What a contact said of a purpose and a channel; it takes the place of what stood for the two before. A withdrawal
// ends what stood, and stands itself as a consent that has ended, so that a refusal is known where nothing was given.
// The contact is written first, so that of two statements at once the later one sees the other.
MATCH (p:Contact {contact_id: $contact_id})
SET p.last_statement = $change.change_id
WITH p, datetime($now) AS t, datetime($loaded_at) AS wall, datetime($at) AS at
WHERE NOT EXISTS { MATCH (:Change {change_id: $change.change_id}) }
OPTIONAL MATCH (p)-[old:CONSENTS]->(q:Purpose)
WHERE q.purpose_id = $purpose_id AND coalesce(old.channel, '') = coalesce($channel, '')
  AND {{true_at old t}} AND {{seen_by_viewer old}}
WITH p, t, wall, at, collect(old) AS before
CREATE (done:Change {change_id: $change.change_id})
SET done += $change, done.at = t, done.loaded_at = wall
FOREACH (old IN before | SET old.valid_to = CASE WHEN at > old.valid_from THEN at ELSE old.valid_from END,
  old.withdrawn_at = CASE WHEN $withdraws THEN at END)
MERGE (g:Purpose {purpose_id: $purpose_id})
MERGE (p)-[r:CONSENTS {fact_id: $fact.fact_id}]->(g)
SET r += $fact, r.valid_from = at, r.known_from = t, r.loaded_at = wall, r.valid_to = datetime($until),
  r.given_at = CASE WHEN $withdraws THEN NULL ELSE at END, r.withdrawn_at = CASE WHEN $withdraws THEN at END,
  r.expires_at = CASE WHEN $withdraws THEN NULL ELSE datetime($until) END
RETURN r.fact_id AS id
