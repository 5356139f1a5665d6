// macro: talk_in_scope  arguments: talk, moment  params: scope, viewer
// The interaction is for a customer among the rows of whoever asks; or they took part in it themselves; or it is for no
// customer, and somebody took part who works or worked at one of theirs.
$scope.all OR EXISTS { MATCH (talk)-[:FOR]->(talked_of:Customer) WHERE {{in_scope talked_of}} }
OR EXISTS { MATCH (talk)<-[:PARTICIPATED_IN]-(:Employee {employee_id: $viewer}) }
OR NOT EXISTS { MATCH (talk)-[:FOR]->(:Customer) } AND EXISTS {
  MATCH (talk)<-[:PARTICIPATED_IN]-(:Contact)-[guest_job:WORKS_AT]->(guest_of:Customer)
  WHERE {{known_at guest_job moment}} AND {{seen_by_viewer guest_job}} AND {{in_scope guest_of}}
}
