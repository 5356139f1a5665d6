// macro: item_in_scope  arguments: item, moment  params: scope
// The item is linked, as far as the viewer may see, to a customer among the rows of whoever asks, or to a deal, ticket or
// order of one. One that is linked to none of these is shown where no rows are kept back.
$scope.all OR EXISTS {
  MATCH (item)-[tied:LINKED_TO]->(whose:Customer|Opportunity|Ticket|Order)
  WHERE {{true_at tied moment}} AND {{seen_by_viewer tied}} AND (whose.customer_id IN $scope.customers
    OR whose.region IN $scope.regions OR NOT 'Customer' IN labels(whose) AND EXISTS { MATCH (whose)-[:FOR|PLACED]-(its:Customer) WHERE {{in_scope its}} })
}
