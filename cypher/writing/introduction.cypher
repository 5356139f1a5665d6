// name: writing.introduction  params: introduction_id, scope, viewer  access: read  sees: viewer
// A request that the author may see, with the contact whom it is about.
MATCH (i:Introduction {introduction_id: $introduction_id})-[:ABOUT]->(p:Contact)
WITH i, p, datetime($scope.at) AS today
WHERE {{seen_by_viewer i}}
  AND (i.asked_by = $viewer OR i.through = 'Employee:' + $viewer OR {{contact_in_scope p today}})
RETURN i {.introduction_id, .state, .asked_by, .through, .visibility, .owner_id} AS request, p.contact_id AS contact_id
