// name: writing.ask_introduction  params: introduction_id, contact_id, props, now, loaded_at, change  access: write  sees: viewer
MATCH (p:Contact {contact_id: $contact_id})
WHERE NOT EXISTS { MATCH (:Change {change_id: $change.change_id}) }
CREATE (done:Change {change_id: $change.change_id})
SET done += $change, done.at = datetime($now), done.loaded_at = datetime($loaded_at)
MERGE (i:Introduction {introduction_id: $introduction_id})
SET i += $props, i.asked_at = datetime($now)
MERGE (i)-[:ABOUT]->(p)
RETURN i.introduction_id AS id
