// macro: linked_in_scope  arguments: record  params: scope, viewer
// The record (a deal, order, invoice, ticket, task, alert, score, source row …) is a customer's who is among the rows of
// whoever asks; or it is a task, or of no customer, and they are responsible for it today.
$scope.all OR EXISTS { MATCH (record)-[:FOR|PLACED|SCORED|RECORD_OF]-(its:Customer) WHERE {{in_scope its}} }
OR ('Task' IN labels(record) OR NOT EXISTS { MATCH (record)-[:FOR|PLACED|SCORED|RECORD_OF]-(:Customer) }) AND EXISTS {
  MATCH (record)<-[kept:OWNS]-(:Employee {employee_id: $viewer}) WHERE kept.valid_to IS NULL AND kept.known_to IS NULL
}
