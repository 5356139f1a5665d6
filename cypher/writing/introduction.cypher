// name: writing.introduction  params: introduction_id  access: read  sees: viewer
// A request that the author may see, with the contact whom it is about.
MATCH (i:Introduction {introduction_id: $introduction_id})-[:ABOUT]->(p:Contact)
WHERE {{seen_by_viewer i}}
RETURN i {.introduction_id, .state, .asked_by, .through, .visibility, .owner_id} AS request, p.contact_id AS contact_id
