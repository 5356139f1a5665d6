// macro: deal_in_scope  arguments: deal  params: scope
// The deal is a customer's who is among the rows of whoever asks.
$scope.all OR EXISTS { MATCH (deal)-[:FOR]->(sold_to:Customer) WHERE {{in_scope sold_to}} }
